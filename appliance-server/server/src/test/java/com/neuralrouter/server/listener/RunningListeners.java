package com.neuralrouter.server.listener;

import com.neuralrouter.server.id.Ids;

import io.helidon.webserver.http.HttpRouting;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The three listeners on free ports, with a patience of a second or two. */
final class RunningListeners implements AutoCloseable {
    static final ClientDeadlines SHORT =
            new ClientDeadlines(
                    Duration.ofMillis(1_000),
                    Duration.ofMillis(1_200),
                    Duration.ofMillis(1_400),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(2_000));
    static final ListenerLimits LIMITS = new ListenerLimits(1_000, 4_000, 100, 100);

    final TestPki site = new TestPki("site");
    final Listeners listeners;

    RunningListeners(HttpRouting.Builder inference) {
        this(inference, LIMITS);
    }

    RunningListeners(HttpRouting.Builder inference, ListenerLimits limits) {
        this.listeners =
                Listeners.start(
                        List.of(
                                new ListenerSpec(
                                        Plane.INFERENCE,
                                        "127.0.0.1",
                                        0,
                                        site.material(),
                                        limits,
                                        _ -> new ProblemJson(),
                                        inference),
                                spec(Plane.ADMIN, site.materialFor(site), pong()),
                                spec(Plane.ENROLMENT, site.material(), pong())),
                        SHORT,
                        Duration.ofSeconds(5),
                        new Ids(Clock.systemUTC()));
    }

    int port(Plane plane) {
        return listeners.port(plane);
    }

    static HttpRouting.Builder pong() {
        return HttpRouting.builder().get("/ping", (req, res) -> res.send("pong"));
    }

    static ListenerSpec spec(Plane plane, TlsMaterial tls, HttpRouting.Builder routing) {
        return new ListenerSpec(
                plane, "127.0.0.1", 0, tls, LIMITS, _ -> new ProblemJson(), routing);
    }

    @Override
    public void close() {
        listeners.close();
    }
}
