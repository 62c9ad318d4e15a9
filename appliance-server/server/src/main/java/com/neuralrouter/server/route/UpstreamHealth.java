package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.server.provider.ProviderFailure;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How each upstream, a model at a provider, has been doing since the appliance was started. Told by
 * the inference pipeline after each attempt, read by the {@link RoutePlanner} and the admin plane.
 * It is no part of the snapshot and outlives every change of the configuration. Safe for all
 * threads, without locks.
 */
public final class UpstreamHealth {

    private record Key(ProviderId provider, String model) {}

    private final Clock clock;
    private final ConcurrentMap<Key, UpstreamTrack> tracks = new ConcurrentHashMap<>();

    public UpstreamHealth(Clock clock) {
        this.clock = clock;
    }

    /** An attempt got an answer that was whole, or that the app itself ended. */
    public void succeeded(ProviderId provider, String model) {
        track(provider, model).succeeded(clock.millis());
    }

    /** An attempt failed, before its answer began or in the middle of it. */
    public void failed(ProviderId provider, String model, ProviderFailure failure) {
        if (!failure.blamesProvider()) {
            return;
        }
        track(provider, model).failed(failure, clock.millis());
    }

    /** What the admin plane shows. */
    public Health of(ProviderId provider, String model) {
        UpstreamTrack track = tracks.get(new Key(provider, model));
        return track == null ? UpstreamTrack.UNKNOWN : track.shown();
    }

    UpstreamTrack track(ProviderId provider, String model) {
        Key key = new Key(provider, model);
        UpstreamTrack track = tracks.get(key);
        return track != null ? track : tracks.computeIfAbsent(key, _ -> new UpstreamTrack());
    }

    long now() {
        return clock.millis();
    }
}
