package com.neuralrouter.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

class ControlSocketTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void closeTheFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        file = folder.resolve("control.sock");
    }

    @Test
    void carriesBytesBothWaysAndTellsWhoAsks() throws IOException {
        byte[] secret = new byte[ControlSocket.MAX_BODY];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        try (var _ =
                        ControlSocket.open(
                                file,
                                request -> {
                                    assertThat(request.operation()).isEqualTo("POST /echo");
                                    assertThat(request.query())
                                            .isEqualTo(Map.of("a b", "ü&=", "c", ""));
                                    assertThat(request.account())
                                            .isEqualTo(System.getProperty("user.name"));
                                    return ControlAnswer.secret(request.body().copy());
                                });
                ControlAnswer answer =
                        new ControlClient(file)
                                .send(
                                        "POST",
                                        "/echo",
                                        Map.of("a b", "ü&=", "c", ""),
                                        SecretBytes.copyOf(secret))) {
            assertThat(answer.body().copy()).isEqualTo(secret);
        }
    }

    @Test
    void wipesTheBodyOnceItWasAnswered() throws IOException {
        SecretBytes[] seen = new SecretBytes[1];
        try (var _ =
                ControlSocket.open(
                        file,
                        request -> {
                            seen[0] = request.body();
                            return ControlAnswer.facts(Map.of());
                        })) {
            new ControlClient(file).post("/x", Map.of(), SecretBytes.owning(new byte[] {1, 2, 3}));
            // The server closes the connection only after it has wiped; read to the end for that.
            assertThat(raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
        }

        assertThatThrownBy(seen[0]::copy).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatIsTooLargeOrNoHttp() throws IOException {
        try (var _ = ControlSocket.open(file, _ -> ControlAnswer.facts(Map.of()))) {
            assertThat(raw("POST /x HTTP/1.1\r\nContent-Length: 4097\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("more than 4096 bytes");
            assertThat(raw("x".repeat(9000))).startsWith("HTTP/1.1 400").contains("too large");
            assertThat(raw("hello\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(raw("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aFailureTellsTheCallerNothingOfIt() throws IOException {
        try (var _ =
                ControlSocket.open(
                        file,
                        _ -> {
                            throw new IllegalStateException("canary");
                        })) {
            assertThat(raw("GET / HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 500")
                    .doesNotContain("canary");
        }
    }

    @Test
    void isItsOwnersAloneAndGoneAtTheEnd() throws IOException {
        try (var _ = ControlSocket.open(file, _ -> ControlAnswer.facts(Map.of()))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void refusesAFolderThatOthersMayEnter() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> ControlSocket.open(file, _ -> ControlAnswer.facts(Map.of())))
                .isInstanceOf(ControlSocket.Unavailable.class)
                .hasMessageContaining("chmod 700");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesAPathThatTheSystemCannotTake() {
        Path deep = folder.resolve("d".repeat(100)).resolve("control.sock");

        assertThatThrownBy(() -> ControlSocket.open(deep, _ -> ControlAnswer.facts(Map.of())))
                .isInstanceOf(ControlSocket.Unavailable.class)
                .hasMessageContaining("at most 107");
    }

    @Test
    void replacesTheSocketOfADeadServer() throws IOException {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();

        try (var _ = ControlSocket.open(file, _ -> ControlAnswer.facts(Map.of("state", "x")))) {
            assertThat(new ControlClient(file).get("/health").path("state").asString())
                    .isEqualTo("x");
        }
    }

    private String raw(String request) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(65536);
            while (channel.read(answer) >= 0) {
                // Until the server has said everything.
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }
}
