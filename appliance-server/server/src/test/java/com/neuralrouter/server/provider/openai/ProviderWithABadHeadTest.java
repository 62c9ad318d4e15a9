package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.provider.ProviderFailure.BadReply;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/** Heads that are not HTTP/1.1, or more of it than anybody needs. */
class ProviderWithABadHeadTest extends FaultyProvider {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 999 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\ncontent-length: 2\n\n{}",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\n"
                        + "content-length: 2\r\n"
                        + "transfer-encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length:\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n"
                        + "transfer-encoding: chunked\r\n"
                        + "transfer-encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n",
                "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-type: a\r\n folded\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\n",
            })
    void refusesWhatIsNotHttp(String head) {
        upstream.next(raw(head));

        assertThat(open()).isInstanceOf(BadReply.class);
    }

    @Test
    void refusesAnEndlessLine() {
        upstream.next(raw(OK + "x: " + "a".repeat(100_000)));

        assertThat(open()).isEqualTo(new BadReply("the answer has a line that is too long"));
    }

    @Test
    void refusesEndlessHeaders() {
        upstream.next(raw(OK + "x: y\r\n".repeat(100_000)));

        assertThat(open()).isEqualTo(new BadReply("the answer's head is too long"));
    }

    @Test
    void refusesEndlessInterimAnswers() {
        upstream.next(raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)));

        assertThat(open()).isInstanceOf(BadReply.class);
    }

    @Test
    void readsAHeadLargerThanTheBuffer() throws IOException {
        String large = ("x-" + "h".repeat(100) + ": " + "v".repeat(300) + "\r\n").repeat(100);
        upstream.next(x -> x.write(JSON + large + "content-length: 2\r\n\r\n{}"));

        assertThat(read(open())).isEqualTo("{}");
    }

    @Test
    void readsAHeadThatComesByteByByte() throws IOException {
        upstream.next(x -> x.drip(JSON + "Content-Length: 2\r\n\r\n{}", 1));

        assertThat(read(open())).isEqualTo("{}");
    }

    @Test
    void aPeerThatLeavesInTheHeadIsUnreachable() {
        upstream.next(raw(JSON));

        assertThat(open()).isInstanceOf(Unreachable.class);
    }
}
