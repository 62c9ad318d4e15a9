package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The deadline covers the answer's body, too: Java's own ends with the head. */
class TransitClientTest {
    @TempDir private Path site;

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":"})
    void waitsForNoServerThatFallsSilent(String said) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SecretBytes token =
                        SecretBytes.copyOf(FakeTransit.TOKEN.getBytes(StandardCharsets.US_ASCII))) {
            threads.submit(() -> {
                try (Socket accepted = socket.accept()) {
                    accepted.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                    return over.await(30, TimeUnit.SECONDS);
                }
            });
            TransitKey key =
                    new TransitKey(
                            URI.create("http://localhost:" + socket.getLocalPort()),
                            "transit",
                            "kek",
                            "",
                            "");
            try (TransitClient client =
                    new TransitClient(key, token, site, Duration.ofMillis(500))) {
                assertThatThrownBy(() -> client.post("decrypt", new byte[2]))
                        .isInstanceOf(SealRefused.class)
                        .hasMessageContaining("does not answer");
                assertThat(over.getCount()).isEqualTo(1);
            } finally {
                over.countDown();
            }
        }
    }
}
