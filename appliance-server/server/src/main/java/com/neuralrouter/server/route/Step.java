package com.neuralrouter.server.route;

import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.route.ProviderGates.Place;

import java.util.function.Consumer;

/**
 * One upstream that is being asked, with its place at the provider. Owned by the request's thread;
 * it is told over which connection by whoever asks, which may be another thread.
 */
final class Step implements Consumer<Connection> {
    final Attempt attempt;
    final UpstreamTrack track;

    /** {@link System#nanoTime()}. */
    final long began;

    private final Place place;
    private volatile Connection connection = Connection.NONE;

    Step(Attempt attempt, Place place, UpstreamTrack track, long began) {
        this.attempt = attempt;
        this.place = place;
        this.track = track;
        this.began = began;
    }

    @Override
    public void accept(Connection over) {
        connection = over;
    }

    Connection connection() {
        return connection;
    }

    /** Somebody else may have the place. */
    void ended() {
        place.close();
        track.ended();
    }
}
