package com.neuralrouter.server.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class HeadWriterTest {
    private final byte[] buffer = new byte[200];
    private final HeadWriter head = new HeadWriter(buffer);

    private String text() {
        return new String(buffer, 0, head.length(), ISO_8859_1);
    }

    @Test
    void wipesTheSecretAndNothingElse() throws UpstreamException {
        head.header("a: ", "b");
        head.header("authorization: Bearer ", SecretBytes.copyOf("sk-1234".getBytes(UTF_8)));
        head.end(0);
        String sent = text();

        head.wipe();

        assertThat(sent)
                .isEqualTo("a: b\r\nauthorization: Bearer sk-1234\r\ncontent-length: 0\r\n\r\n");
        assertThat(text()).isEqualTo(sent.replace("sk-1234", "\0".repeat(7)));
    }

    @Test
    void leavesNothingOfASecretThatItRefuses() {
        var secret = SecretBytes.copyOf("sk-1234\r\nx: y".getBytes(UTF_8));

        assertThatThrownBy(() -> head.header("authorization: Bearer ", secret))
                .isInstanceOf(UpstreamException.class)
                .hasMessageNotContaining("sk-");

        assertThat(new String(buffer, ISO_8859_1)).doesNotContain("sk-").doesNotContain("x: y");
    }

    @Test
    void writesAnyUuidAsItsText() throws UpstreamException {
        for (UUID id :
                new UUID[] {new UUID(-1, -1), new UUID(0, 0), new UUID(0x0123456789abcdefL, 9)}) {
            head.restart();

            head.header("x-request-id: ", id);

            assertThat(text()).isEqualTo("x-request-id: " + id + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\r\nx: y", "/\u00fc", "/a\t", "/\0"})
    void refusesAPathThatWouldEndTheRequestLine(String path) {
        assertThatThrownBy(() -> head.path(path)).isInstanceOf(UpstreamException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx: y", "a\n", "\u00fc", "\u010a"})
    void refusesAValueThatWouldEndTheHeader(String value) {
        assertThatThrownBy(() -> head.header("a: ", value)).isInstanceOf(UpstreamException.class);
    }

    @Test
    void refusesWhatDoesNotFit() {
        var secret = SecretBytes.owning("s".repeat(200).getBytes(UTF_8));

        assertThatThrownBy(() -> head.header("a: ", "b".repeat(200)))
                .isInstanceOf(UpstreamException.class);
        assertThatThrownBy(() -> head.header("a: ", secret)).isInstanceOf(UpstreamException.class);
        assertThatThrownBy(() -> head.path("/".repeat(201))).isInstanceOf(UpstreamException.class);
    }
}
