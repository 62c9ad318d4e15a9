package com.neuralrouter.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What becomes of requests that are being served, and of connections that are not needed. */
@Timeout(60)
class StoppingIT {
    private static final String SLOW = "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void finishesWhatIsBeingServedAndTakesNothingNew() throws Exception {
        try (var running = new RunningListeners(routing());
                var client = connect(running)) {
            client.send(SLOW);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            int port = running.port(Plane.INFERENCE);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);
            awaitRefusal(port);
            goOn.countDown();

            assertThat(client.receiveAll()).endsWith("done");
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void refusesMoreRequestsAtOnceThanItMayServe() throws Exception {
        var limits = new ListenerLimits(1_000, 4_000, 10, 1);
        try (var running = new RunningListeners(routing(), limits);
                var busy = connect(running);
                var tooMuch = connect(running)) {
            busy.send(SLOW);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(tooMuch.send(SLOW).receiveAll())
                    .startsWith("HTTP/1.1 429")
                    .containsIgnoringCase("retry-after: 1")
                    .contains("\"code\":\"too_many_requests\"");
            goOn.countDown();
            busy.receiveUntil("done");
        }
    }

    @Test
    void forgetsConnectionsThatHaveEnded() throws Exception {
        try (var running = new RunningListeners(routing())) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(connect(running));
                clients.getLast().send("GET /none HTTP/1.1\r\nhost: a\r\n\r\n");
                clients.getLast().receiveUntil("}");
            }
            assertThat(running.listeners.connections()).isPositive();

            for (RawClient client : clients) {
                client.close();
            }

            var never = new CountDownLatch(1);
            for (int i = 0; i < 100 && running.listeners.connections() > 0; i++) {
                assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(running.listeners.connections()).isZero();
        }
    }

    private HttpRouting.Builder routing() {
        return HttpRouting.builder().get("/slow", (req, res) -> slow(res));
    }

    private void slow(ServerResponse res) throws InterruptedException {
        begun.countDown();
        boolean released = goOn.await(20, TimeUnit.SECONDS);
        res.send(released ? "done" : "nobody said go on");
    }

    private static RawClient connect(RunningListeners running) throws IOException {
        return RawClient.tls(running.site.context(), running.port(Plane.INFERENCE));
    }

    private static void awaitRefusal(int port) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            try (RawClient accepted = RawClient.plain(port)) {
                assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
            } catch (IOException refused) {
                return;
            }
        }
        assertThatThrownBy(() -> RawClient.plain(port)).isInstanceOf(IOException.class);
    }
}
