package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.listener.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A whole appliance that is told to stop lets load balancers leave before it takes no more requests
 * ({@code shutdown-notice}).
 */
@Timeout(120)
class StopNoticeIT {
    private static final String HEALTH =
            "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

    @TempDir private Path folder;

    @Test
    void saysThatItStopsAndServesUntilTheNoticeIsOver() throws Exception {
        try (RunningSite site = RunningSite.start(folder, Map.of("shutdown-notice", "4s"));
                App app = site.app(site.openFor("m"))) {
            String before = health(site);

            long told = System.nanoTime();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(site::close);
            String during = awaitStopping(site);
            int served = app.ask(App.chat("m", "still here")).status();
            stopped.get(60, TimeUnit.SECONDS);

            assertThat(before).startsWith("HTTP/1.1 200").endsWith("{\"status\":\"ok\"}");
            assertThat(during)
                    .startsWith("HTTP/1.1 503")
                    .endsWith("{\"status\":\"unavailable\",\"code\":\"stopping\"}");
            assertThat(served).isEqualTo(200);
            assertThat(System.nanoTime() - told).isGreaterThan(TimeUnit.SECONDS.toNanos(4));
        }
    }

    private static String awaitStopping(RunningSite site) throws IOException {
        String answer = health(site);
        while (answer.startsWith("HTTP/1.1 200")) {
            answer = health(site);
        }
        return answer;
    }

    private static String health(RunningSite site) throws IOException {
        try (RawClient client = RawClient.tls(site.trust().context(), site.inferencePort())) {
            return client.send(HEALTH).receiveAll();
        }
    }
}
