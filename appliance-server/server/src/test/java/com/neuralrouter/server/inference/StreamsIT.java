package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.usage.TokenCounts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Streams: through at once, and what happens when either end fails. */
@Timeout(60)
class StreamsIT {
    private static final String HELLO = "{\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}";
    private static final String WORLD = "{\"choices\":[{\"delta\":{\"content\":\"world\"}}]}";
    private static final String USAGE =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                    + "transfer-encoding: chunked\r\n\r\n";

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void passesEventsThroughAndKeepsTheUsageItAskedForToItself() throws Exception {
        gateway.first.always(FakeUpstream.events(HELLO, WORLD, USAGE, "[DONE]"));

        Answer answer = Answer.toChat(gateway, stream(""));

        assertThat(answer.head()).contains("content-type: text/event-stream");
        assertThat(answer.body())
                .contains("data: " + HELLO + "\n\n")
                .contains("data: " + WORLD + "\n\n")
                .contains("data: [DONE]\n\n")
                .doesNotContain("usage");
        assertThat(gateway.first.requests().getFirst().text()).contains("\"include_usage\":true");
        var recorded = gateway.journal.next();
        assertThat(recorded.started().stream()).isTrue();
        assertThat(recorded.ended().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(recorded.ended().tokens()).isEqualTo(new TokenCounts(3, 2, false));
    }

    @Test
    void passesTheUsageToAnAppThatAskedForIt() throws Exception {
        gateway.first.always(FakeUpstream.events(HELLO, USAGE, "[DONE]"));

        Answer answer =
                Answer.toChat(gateway, stream(",\"stream_options\":{\"include_usage\":true}"));

        assertThat(answer.body()).contains("data: " + USAGE + "\n\n");
    }

    @Test
    void passesEachEventOnBeforeTheNextOneComes() throws Exception {
        var goOn = new CountDownLatch(1);
        gateway.first.always(x -> {
            x.write(HEAD);
            x.chunk("data: " + HELLO + "\n\n");
            goOn.await(20, TimeUnit.SECONDS);
            x.chunk("data: [DONE]\n\n");
            x.write("0\r\n\r\n");
        });

        try (RawClient client = gateway.connect()) {
            client.send(Answer.chat(gateway, "", stream("")));
            client.receiveUntil(HELLO + "\n\n");
            goOn.countDown();
            client.receiveUntil("[DONE]\n\n");
        }
    }

    @Test
    void asksTheNextUpstreamWhenOneBreaksOffBeforeItsFirstEvent() throws Exception {
        gateway.first.always(x -> {
            x.write(HEAD);
            x.reset();
        });
        gateway.second.always(FakeUpstream.events(HELLO, "[DONE]"));

        Answer answer = Answer.toChat(gateway, stream(""));

        assertThat(answer.body()).contains(HELLO).contains("[DONE]");
        assertThat(gateway.journal.next().ended().attempts()).isEqualTo(2);
    }

    @Test
    void endsAStreamThatBreaksOffWithAnErrorEvent() throws Exception {
        gateway.first.always(x -> {
            x.write(HEAD);
            x.chunk("data: " + HELLO + "\n\n");
            x.chunk("data: {\"choices\":[{\"half");
            x.reset();
        });

        Answer answer = Answer.toChat(gateway, stream(""));

        assertThat(answer.body())
                .contains(HELLO)
                .doesNotContain("half")
                .containsPattern("\n\n(\r\n\\p{XDigit}+\r\n)?data: \\{\"error\":\\{\"message\":")
                .contains("\"code\":\"upstream_failed\"")
                .endsWith("0\r\n\r\n");
        assertThat(gateway.second.requests()).isEmpty();
        var ended = gateway.journal.next().ended();
        assertThat(ended.outcome()).isEqualTo(Outcome.PROVIDER_BROKE);
        assertThat(ended.problem()).isEqualTo(ProblemCode.UPSTREAM_FAILED);
        assertThat(ended.tokens().estimated()).isTrue();
    }

    @Test
    void sendsCommentsBetweenEventsWhileTheUpstreamIsQuiet() throws Exception {
        var goOn = new CountDownLatch(1);
        gateway.first.always(x -> {
            x.write(HEAD);
            x.chunk("data: " + HELLO + "\n\n");
            goOn.await(20, TimeUnit.SECONDS);
            x.chunk("data: [DONE]\n\n");
            x.write("0\r\n\r\n");
        });

        try (RawClient client = gateway.connect()) {
            client.send(Answer.chat(gateway, "", stream("")));
            client.receiveUntil(HELLO + "\n\n");
            client.receiveUntil(": hb\n\n");
            client.receiveUntil(": hb\n\n");
            client.receiveUntil(": hb\n\n");
            goOn.countDown();
            client.receiveUntil("data: [DONE]\n\n");
        }
    }

    @Test
    void holdsAnEventThatIsNotWholeAndSendsCommentsMeanwhile() throws Exception {
        gateway.first.always(x -> {
            x.write(HEAD);
            x.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"hel");
            x.pause(1_500);
            x.chunk("lo\"}}]}\n\ndata: [DONE]\n\n");
            x.write("0\r\n\r\n");
        });

        Answer answer = Answer.toChat(gateway, stream(""));

        String body = answer.body();
        assertThat(body).containsSubsequence(": hb\n\n", "\"hel", "lo\"}}]}\n\n", "[DONE]");
        assertThat(body.substring(body.indexOf("\"hel"))).doesNotContain(": hb");
    }

    @Test
    void closesTheUpstreamWithinASecondWhenTheAppLeavesAStreamThatFlows() throws Exception {
        var left = new CountDownLatch(1);
        gateway.first.always(x -> {
            x.write(HEAD);
            try {
                while (true) {
                    x.chunk("data: " + HELLO + "\n\n");
                    x.pause(50);
                }
            } finally {
                left.countDown();
            }
        });

        RawClient client = gateway.connect();
        client.send(Answer.chat(gateway, "", stream(""))).receiveUntil(HELLO);
        client.close();

        assertThat(left.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    }

    @Test
    void noticesByTheCommentsThatTheAppHasLeftAStreamThatIsQuiet() throws Exception {
        var left = new CountDownLatch(1);
        gateway.first.always(x -> {
            x.write(HEAD);
            x.chunk("data: " + HELLO + "\n\n");
            try {
                x.awaitLeave();
            } finally {
                left.countDown();
            }
        });

        RawClient client = gateway.connect();
        client.send(Answer.chat(gateway, "", stream(""))).receiveUntil(HELLO);
        client.close();

        assertThat(left.await(Gateway.HEARTBEAT.toMillis() + 2_000, TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    }

    @Test
    void holdsTheUpstreamBackForAnAppThatReadsSlowly() throws Exception {
        long total = 64 << 20;
        var sent = new AtomicLong();
        String comment = ": " + "x".repeat(64 << 10) + "\n\n";
        gateway.first.always(x -> {
            x.write(HEAD);
            x.chunk("data: " + HELLO + "\n\n");
            while (sent.get() < total) {
                x.chunk(comment);
                sent.addAndGet(comment.length());
            }
            x.chunk("data: [DONE]\n\n");
            x.write("0\r\n\r\n");
        });

        try (RawClient client = gateway.connect()) {
            client.send(Answer.chat(gateway, "connection: close\r\n", stream("")));
            client.receiveUntil(HELLO);
            long stalledAt = awaitStall(sent);

            assertThat(stalledAt).isLessThan(total / 2);
            String rest = client.receiveAll();
            String end = rest.substring(rest.lastIndexOf("data: "));
            assertThat(end).startsWith("data: [DONE]\n\n\r\n").endsWith("\n\n\r\n0\r\n\r\n");
        }
    }

    /** Waits until the number has not grown for a while. */
    private static long awaitStall(AtomicLong sent) throws InterruptedException {
        var never = new CountDownLatch(1);
        long before = -1;
        for (int i = 0; i < 50 && before != sent.get(); i++) {
            before = sent.get();
            assertThat(never.await(Duration.ofMillis(500).toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        }
        return before;
    }

    private static String stream(String more) {
        return Answer.body("m", ",\"stream\":true" + more);
    }
}
