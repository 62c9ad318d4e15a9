package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.receipt.ReceiptCheck;
import com.neuralrouter.server.route.Choice;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every answer for which something may have left carries a receipt that says what happened. */
@Timeout(60)
class ReceiptsIT {
    private static final String GOOD =
            "{\"choices\":[{\"message\":{\"content\":\"hello\"}}],"
                + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";
    private static final String HELLO = "{\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}";
    private static final Pattern HEADER = Pattern.compile("(?im)^nr-receipt: ([-_.A-Za-z0-9]+)$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^: nr-receipt ([-_.A-Za-z0-9]+)$");

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.first.always(FakeUpstream.json(GOOD));
        gateway.second.always(FakeUpstream.json(GOOD));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    /** What came, with the head as it was. */
    private String ask(String body) throws IOException {
        try (var client = gateway.connect()) {
            return client.send(Answer.chat(gateway, "connection: close\r\n", body)).receiveAll();
        }
    }

    private static String header(String raw) {
        Matcher header = HEADER.matcher(raw.substring(0, raw.indexOf("\r\n\r\n") + 2));
        assertThat(header.find()).as("a receipt in " + raw).isTrue();
        return header.group(1);
    }

    private static String body(String raw) {
        return raw.substring(raw.indexOf("\r\n\r\n") + 4);
    }

    /** A stream's body without the marks of its chunks. */
    private static String unchunked(String raw) {
        var whole = new StringBuilder();
        String rest = body(raw);
        while (!rest.startsWith("0\r\n")) {
            int end = rest.indexOf("\r\n");
            int length = Integer.parseInt(rest.substring(0, end), 16);
            whole.append(rest, end + 2, end + 2 + length);
            rest = rest.substring(end + 2 + length + 2);
        }
        return whole.toString();
    }

    private static String comment(String stream) {
        Matcher comment = COMMENT.matcher(stream);
        assertThat(comment.find()).as("a receipt in " + stream).isTrue();
        assertThat(stream).endsWith(comment.group() + "\n\n");
        return comment.group(1);
    }

    private ReceiptCheck verified(String jws) {
        return ReceiptCheck.of(
                jws, new String(gateway.receipts.keys().jwks(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String jws) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(jws)));
    }

    @Test
    void saysInAHeaderWhoServedTheRequestAndProvesBothBodies() throws Exception {
        gateway.declare(Destination.of("first", "DE", "eu-central-1", false, null));
        gateway.rules(List.of(), List.of());
        String request = Answer.body("m", "");

        String raw = ask(request);

        String jws = header(raw);
        ReceiptCheck receipt = verified(jws);
        receipt.demandRequest(bytes(request));
        receipt.demandAnswer(bytes(body(raw)));
        JsonNode claims = receipt.claims();
        assertThat(raw.toLowerCase(Locale.ROOT))
                .contains("x-request-id: " + claims.path("jti").asString());
        assertThat(claims.path("asked").asString()).isEqualTo("m");
        assertThat(claims.at("/served/model").asString()).isEqualTo("m@first");
        assertThat(claims.at("/served/jurisdiction").asString()).isEqualTo("DE");
        assertThat(claims.at("/served/region").asString()).isEqualTo("eu-central-1");
        assertThat(claims.at("/tokens/input").asInt()).isEqualTo(11);
        assertThat(claims.at("/log/size").asInt()).isEqualTo(7);
        assertThat(claims.path("retention").asString()).isEqualTo("zero");
        var recorded = gateway.journal.next().ended();
        assertThat(recorded.receipt()).isEqualTo(hash(jws));
        assertThat(claims.path("policy").asString()).isEqualTo(recorded.residency().policy());
    }

    @Test
    void namesTheGuardModelThatWasAsked() throws Exception {
        gateway.declare(Destination.of("second", "FR", "eu-west-3", false, null));
        gateway.rules(
                List.of(
                        new PolicyRule.Names(
                                RuleKind.GUARDRAILS,
                                Set.of("judge=model(org/only-second)@request"))),
                List.of());
        gateway.second.always(
                FakeUpstream.json("{\"choices\":[{\"message\":{\"content\":\"safe\"}}]}"));

        JsonNode claims = verified(header(ask(Answer.body("m", "")))).claims();

        assertThat(claims.at("/served/provider").asString()).isEqualTo("first");
        assertThat(claims.path("sent").size()).isEqualTo(1);
        assertThat(claims.path("copies").size()).isEqualTo(1);
        assertThat(claims.at("/copies/0/provider").asString()).isEqualTo("second");
        assertThat(claims.at("/copies/0/model").asString()).isEqualTo("org/only-second@second");
        assertThat(claims.at("/copies/0/jurisdiction").asString()).isEqualTo("FR");
    }

    @Test
    void namesTheShadowThatACopyWentTo() throws Exception {
        gateway.rules(
                List.of(new PolicyRule.Names(RuleKind.ALLOWED_SHADOWS, Set.of("copied"))),
                List.of());
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY),
                                TestRoutes.upstream("real", gateway.first, Choice.PLAIN, "DE"),
                                TestRoutes.upstream(
                                        "copied", gateway.second, TestRoutes.shadow(), "US"))));

        JsonNode claims = verified(header(ask(Answer.body("m", "")))).claims();

        assertThat(claims.at("/served/provider").asString()).isEqualTo("real");
        assertThat(claims.path("copies").size()).isEqualTo(1);
        assertThat(claims.at("/copies/0/provider").asString()).isEqualTo("copied");
        assertThat(claims.at("/copies/0/jurisdiction").asString()).isEqualTo("US");
    }

    @Test
    void endsAStreamWithACommentAboutAllBytesBeforeIt() throws Exception {
        gateway.first.always(FakeUpstream.events(HELLO, "[DONE]"));

        String stream = unchunked(ask(Answer.body("m", ",\"stream\":true")));

        String jws = comment(stream);
        verified(jws).demandAnswer(bytes(stream.substring(0, stream.indexOf(": nr-receipt"))));
        assertThat(stream).contains("data: [DONE]\n\n");
        var recorded = gateway.journal.next().ended();
        assertThat(recorded.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(recorded.receipt()).isEqualTo(hash(jws));
    }

    @Test
    void coversTheHeartbeatsOfAQuietStream() throws Exception {
        gateway.first.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            x.chunk("data: " + HELLO + "\n\n");
            x.pause(2 * (int) Gateway.HEARTBEAT.toMillis());
            x.chunk("data: [DONE]\n\n");
            x.write("0\r\n\r\n");
        });

        String stream = unchunked(ask(Answer.body("m", ",\"stream\":true")));

        assertThat(stream).contains(": hb\n\n");
        verified(comment(stream))
                .demandAnswer(bytes(stream.substring(0, stream.indexOf(": nr-receipt"))));
    }

    @Test
    void namesEverybodyWhoWasSentTheRequest() throws Exception {
        gateway.declare(
                Destination.of("first", "US", "us-east-1", null, null),
                Destination.of("second", "DE", null, false, null));
        gateway.rules(List.of(), List.of());
        gateway.first.always(FakeUpstream.status(500, "", "no"));

        JsonNode claims = verified(header(ask(Answer.body("m", "")))).claims();

        assertThat(claims.at("/sent/0/jurisdiction").asString()).isEqualTo("US");
        assertThat(claims.at("/sent/1/jurisdiction").asString()).isEqualTo("DE");
        assertThat(claims.path("sent").size()).isEqualTo(2);
        assertThat(claims.at("/served/provider").asString()).isEqualTo("second");
    }

    @Test
    void isGivenForAFailureToo() throws Exception {
        gateway.first.always(FakeUpstream.status(500, "", "no"));
        gateway.second.always(FakeUpstream.status(500, "", "no"));

        String raw = ask(Answer.body("m", ""));

        ReceiptCheck receipt = verified(header(raw));
        receipt.demandAnswer(bytes(body(raw)));
        assertThat(receipt.claims().has("served")).isFalse();
        assertThat(receipt.claims().path("sent").size()).isEqualTo(2);
        assertThat(receipt.claims().path("status").asInt()).isEqualTo(502);
        assertThat(receipt.claims().path("problem").asString()).isNotEmpty();
    }

    @Test
    void isGivenForAStreamThatTheProviderBreaksOff() throws Exception {
        gateway.first.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            x.chunk("data: " + HELLO + "\n\ndata: {\"cho");
            x.reset();
        });

        String stream = unchunked(ask(Answer.body("m", ",\"stream\":true")));

        ReceiptCheck receipt = verified(comment(stream));
        receipt.demandAnswer(bytes(stream.substring(0, stream.indexOf(": nr-receipt"))));
        assertThat(receipt.claims().path("outcome").asString()).isEqualTo("provider_broke");
    }

    @Test
    void isNotGivenForWhatWentNowhere() throws Exception {
        gateway.rules(
                List.of(), List.of(new PolicyRule.Names(RuleKind.DENIED_MODELS, Set.of("m"))));

        assertThat(ask(Answer.body("m", ""))).startsWith("HTTP/1.1 403").doesNotContain("receipt");
        assertThat(ask("{")).doesNotContain("receipt");
        assertThat(gateway.first.requests()).isEmpty();
    }

    @Test
    void isCheckedByTheKeysThatTheListenerServesToAnybody() throws Exception {
        String raw;
        try (var client = gateway.connect()) {
            raw =
                    client.send(
                                    "GET /.well-known/jwks.json HTTP/1.1\r\nhost: localhost\r\n"
                                            + "connection: close\r\n\r\n")
                            .receiveAll();
        }

        assertThat(raw).startsWith("HTTP/1.1 200");
        ReceiptCheck.of(header(ask(Answer.body("m", ""))), body(raw))
                .demandRequest(bytes(Answer.body("m", "")));
    }
}
