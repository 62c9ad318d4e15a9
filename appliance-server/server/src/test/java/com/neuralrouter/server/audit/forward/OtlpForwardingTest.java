package com.neuralrouter.server.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.neuralrouter.server.audit.forward.OtlpSink.Answer;
import com.neuralrouter.server.provider.TestAuthority;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

/** The OTLP forwarder against receivers that refuse, overload and lie. */
@Timeout(120)
class OtlpForwardingTest {
    private static final GeneralName HERE = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");

    @TempDir Path folder;

    private TestAuthority authority;
    private SSLContext server;

    @BeforeEach
    void issue() throws Exception {
        authority = new TestAuthority("Collector CA");
        server = authority.server(HERE);
    }

    @Test
    void sendsWhatTheJsonEncodingOfTheProtocolSays() throws Exception {
        try (var sink = sink(_ -> Answer.TAKEN);
                var receiver = receiver(sink)) {
            assertThat(deliver(receiver, 30, 40)).isEqualTo(40);

            JsonNode resource = sink.requests.getFirst().path("resourceLogs").path(0);
            assertThat(resource.path("resource").path("attributes").toString())
                    .isEqualTo(
                            """
                            [{"key":"service.name","value":{"stringValue":"neural-router"}},\
                            {"key":"service.version","value":{"stringValue":"0.1.0"}},\
                            {"key":"service.instance.id","value":{"stringValue":"nr.site/audit"}},\
                            {"key":"host.name","value":{"stringValue":"box.example.org"}}]\
                            """);
            JsonNode record = OtlpSink.records(sink.requests.getFirst()).path(0);
            assertThat(record.path("timeUnixNano").stringValue()).isEqualTo("1795464000000030000");
            assertThat(record.path("severityNumber").intValue()).isEqualTo(13);
            assertThat(
                            record.path("body")
                                    .path("stringValue")
                                    .stringValue()
                                    .getBytes(StandardCharsets.UTF_8))
                    .isEqualTo(Leaves.leaf(30));
            assertThat(record.path("attributes").path(0).toString())
                    .isEqualTo("{\"key\":\"audit.sequence\",\"value\":{\"intValue\":\"30\"}}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, overloaded or away",
        "503, overloaded or away",
        "400, refuses the entries",
        "401, does not let this appliance in",
        "404, takes no logs at this URL",
        "302, refuses the entries",
        "500, refuses the entries"
    })
    void keepsWhatIsRefusedAndSaysHow(int status, String sentence) throws Exception {
        try (var sink = sink(_ -> Answer.refused(status));
                var receiver = receiver(sink)) {
            assertThat(failure(receiver))
                    .hasMessageContaining(sentence)
                    .hasMessageContaining("" + status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Please sign in</html>",
                "[]",
                "\"ok\"",
                "{\"partialSuccess\":{\"rejectedLogRecords\":\"many\"}}",
                "{\"partialSuccess\":{\"rejectedLogRecords\":{}}}"
            })
    void takesNoOtherAnswerForAYes(String body) throws Exception {
        try (var sink = sink(_ -> Answer.said(body, false));
                var receiver = receiver(sink)) {
            assertThat(failure(receiver)).hasMessageContaining("not OTLP");
        }
    }

    @Test
    void takesNoEndlessAnswer() throws Exception {
        try (var sink = sink(_ -> Answer.said("{\"a\":\"" + "x".repeat(100_000) + "\"}", true));
                var receiver = receiver(sink)) {
            assertThat(failure(receiver)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'Mon, 23 Nov 2026 20:00:09 GMT', 9", "soon, 0", "-3, 0"})
    void leavesAReceiverAloneForAsLongAsItAsks(String asked, long seconds) throws Exception {
        var busy = new Answer(503, Map.of("Retry-After", asked), "", false);
        try (var sink = sink(_ -> busy);
                var receiver = receiver(sink)) {
            assertThat(failure(receiver).pause()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void waitsLongerAfterEachFailureButNeverForEver() {
        var backoff = new Backoff(Duration.ofMillis(500));

        for (int i = 0; i < 100; i++) {
            long most = Math.min(500L << Math.min(i, 10), 60_000);
            assertThat(backoff.failed(Duration.ZERO).toMillis()).isBetween(most / 2, most);
        }
        assertThat(backoff.failed(Duration.ofDays(7))).isLessThan(Duration.ofMinutes(17));
        backoff.succeeded();
        assertThat(backoff.failed(Duration.ofSeconds(3))).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void countsWhatIsRefusedInPartAndDoesNotSendItAgain() throws Exception {
        String partly =
                "{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"x\"}}";
        try (var sink = sink(_ -> Answer.said(partly, true));
                var receiver = receiver(sink)) {
            assertThat(deliver(receiver, 0, 10)).isEqualTo(10);

            assertThat(receiver.refused()).isEqualTo(3);
            assertThat(sink.requests).hasSize(1);
        }
    }

    @Test
    void sendsLessAtOnceToAReceiverThatFindsItTooLarge() throws Exception {
        try (var sink = sink(number -> number < 3 ? Answer.refused(413) : Answer.TAKEN);
                var forwarder = forwarder(sink, new Leaves(1_000))) {
            forwarder.start();
            sink.received.awaitAll(1_000, 60);

            assertThat(OtlpSink.records(sink.requests.getFirst()).size()).isEqualTo(500);
            assertThat(OtlpSink.records(sink.requests.get(3)).size()).isEqualTo(62);
        }
    }

    @Test
    void sendsNothingToAReceiverThatNoAuthorityVouchesFor() throws Exception {
        SSLContext other = new TestAuthority("Other CA").server(HERE);
        try (var sink = new OtlpSink(other, _ -> Answer.TAKEN);
                var receiver = receiver(sink)) {
            assertThat(failure(receiver)).hasMessageContaining("no authority of the configured");
            assertThat(sink.requests).isEmpty();
        }
    }

    @Test
    void losesAndReordersNothingWhateverTheReceiverAnswers() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var sink = sink(_ -> any(random));
                var forwarder =
                        new Forwarding(folder, new Leaves(20_000))
                                .of(settings(sink), receiver(sink, Duration.ofMillis(500)))) {
            forwarder.start();
            Received.await(100, () -> forwarder.state().waiting() == 0);

            System.out.printf(
                    "otlp: 20000 entries in %d requests (seed %d), %d doubled%n",
                    sink.requests.size(), seed, sink.received.doubled());
            sink.received.assertSound();
            assertThat(sink.received.next()).isEqualTo(20_000);
        }
    }

    /** Mostly it takes them, else it refuses, or says nothing, whether it has kept them or not. */
    private static Answer any(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Answer.refused(429);
            case 1 -> Answer.refused(503);
            case 2 -> Answer.said("rubbish", false);
            case 3 -> new Answer(0, Map.of(), "", false);
            case 4 -> new Answer(0, Map.of(), "", true);
            case 5 -> new Answer(503, Map.of(), "{}", true);
            default -> Answer.TAKEN;
        };
    }

    @Test
    void refusesAnAddressThatIsNotHttps() throws Exception {
        ReceiverSettings.Tls tls = Forwarding.tls(authority, null);
        for (String wrong : new String[] {"http://a/v1/logs", "https:///x", "https://u:p@a/x"}) {
            assertThatThrownBy(() -> new ReceiverSettings.Otlp(URI.create(wrong), tls))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private OtlpSink sink(Function<Integer, Answer> answers) throws IOException {
        return new OtlpSink(server, answers);
    }

    private OtlpReceiver receiver(OtlpSink sink) throws Exception {
        return receiver(sink, Duration.ofSeconds(10));
    }

    private OtlpReceiver receiver(OtlpSink sink, Duration patience) throws Exception {
        return new OtlpReceiver(
                settings(sink), Forwarding.SENDER, patience, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Forwarder forwarder(OtlpSink sink, LeafSource log) throws Exception {
        return new Forwarding(folder, log).of(settings(sink), receiver(sink));
    }

    private ReceiverSettings.Otlp settings(OtlpSink sink) throws Exception {
        return new ReceiverSettings.Otlp(sink.uri(), Forwarding.tls(authority, null));
    }

    private static long deliver(OtlpReceiver receiver, long from, long size) throws Exception {
        return receiver.deliver(from, new Leaves(size), _ -> false);
    }

    private static DeliveryFailed failure(OtlpReceiver receiver) {
        return catchThrowableOfType(DeliveryFailed.class, () -> deliver(receiver, 0, 5));
    }
}
