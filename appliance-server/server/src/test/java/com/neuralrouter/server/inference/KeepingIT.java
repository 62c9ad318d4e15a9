package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.content.FinishedExchange;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.PolicyRule.KeepContent;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is kept of a request and its answer where a workspace wants that, over real sockets. */
class KeepingIT {
    private static final PolicyRule KEEP = new KeepContent(Retention.days(30));
    private static final String MAIL = "jane@example.org";

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.first.always(saying("Hello"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private static FakeUpstream.Behaviour saying(String text) {
        return FakeUpstream.json("{\"choices\":[{\"message\":{\"content\":\"" + text + "\"}}]}");
    }

    private static String asking(String text, String more) {
        return Answer.body("m", more).replace("\"hi\"", "\"" + text + "\"");
    }

    private static String request(FinishedExchange kept) {
        return RecordingContent.text(kept.request());
    }

    private static String answer(FinishedExchange kept) {
        return RecordingContent.text(kept.answer());
    }

    @Test
    void keepsWhatWasSentAndWhatTheAppGot() throws Exception {
        gateway.rules(List.of(), List.of(KEEP));
        String body = asking("hello", "");

        Answer answer = Answer.toChat(gateway, body);

        FinishedExchange kept = gateway.content.next();
        assertThat(request(kept)).isEqualTo(body);
        assertThat(answer(kept)).isEqualTo(answer.body());
        assertThat(kept.cut()).isFalse();
        assertThat(kept.about().id()).isEqualTo(answer.request());
        assertThat(kept.about().retention()).isEqualTo(Retention.days(30));
        assertThat(gateway.content.held()).isZero();
    }

    @Test
    void keepsNothingUnlessAWorkspaceWantsIt() throws Exception {
        gateway.rules(List.of(new MaxRetention(Retention.days(30))), List.of());

        Answer.toChat(gateway, asking("hello", ""));
        gateway.journal.next();

        assertThat(gateway.content.isEmpty()).isTrue();
    }

    @Test
    void keepsNothingUnderZeroOrTransientRetentionWhoeverSaysSo() throws Exception {
        for (Retention most : List.of(Retention.ZERO, Retention.TRANSIENT)) {
            gateway.declare(keepingNothing());
            gateway.rules(List.of(new MaxRetention(most)), List.of(KEEP));
            assertThat(Answer.toChat(gateway, asking("hello", "")).status()).isEqualTo(200);
            gateway.journal.next();
        }
        gateway.rules(List.of(), List.of(KEEP));
        for (String said : List.of("zero", "transient")) {
            String chat =
                    Answer.chat(
                            gateway,
                            "connection: close\r\nnr-policy: retention=" + said + "\r\n",
                            asking("hello", ""));
            assertThat(Answer.to(gateway, chat).status()).isEqualTo(200);
            gateway.journal.next();
        }

        assertThat(gateway.content.isEmpty()).isTrue();
    }

    private static Destination keepingNothing() {
        return Destination.of("first", "DE", null, false, Retention.ZERO);
    }

    @Test
    void keepsItNoLongerThanAnyLevelPermits() throws Exception {
        gateway.declare(keepingNothing());
        gateway.rules(List.of(new MaxRetention(Retention.days(7))), List.of(KEEP));
        Answer.toChat(gateway, asking("hello", ""));
        assertThat(gateway.content.next().about().retention()).isEqualTo(Retention.days(7));

        Answer.to(
                gateway,
                Answer.chat(
                        gateway,
                        "connection: close\r\nnr-policy: retention=2d\r\n",
                        asking("hello", "")));
        assertThat(gateway.content.next().about().retention()).isEqualTo(Retention.days(2));
    }

    @Test
    void keepsBehindAMaskWhatAGuardrailMasked() throws Exception {
        gateway.rules(
                List.of(), List.of(KEEP, new Names(RuleKind.GUARDRAILS, Set.of("email:mask"))));
        gateway.first.always(saying("Mail " + MAIL));

        Answer.toChat(gateway, asking("I am " + MAIL, ""));

        FinishedExchange kept = gateway.content.next();
        assertThat(request(kept)).contains("I am [masked:email]").doesNotContain(MAIL);
        assertThat(answer(kept)).contains("Mail [masked:email]").doesNotContain(MAIL);
    }

    @Test
    void keepsBehindAPlaceholderWhatTheAppGetsBack() throws Exception {
        gateway.rules(
                List.of(), List.of(KEEP, new Names(RuleKind.GUARDRAILS, Set.of("email:tokenise"))));
        gateway.first.always(x -> {
            String said = Replies.json(x.request().text()).at("/messages/0/content").asString();
            saying("Also \\\"" + said + "\\\"").serve(x);
        });

        Answer answer = Answer.toChat(gateway, asking("I am " + MAIL, ""));

        FinishedExchange kept = gateway.content.next();
        assertThat(answer.body()).contains(MAIL);
        assertThat(request(kept)).contains("[EMAIL-1-").doesNotContain(MAIL);
        assertThat(answer(kept)).contains("[EMAIL-1-").doesNotContain(MAIL).doesNotContain("jane");
    }

    @Test
    void keepsAPlaceholderInAStreamThatComesLetterByLetter() throws Exception {
        gateway.rules(
                List.of(), List.of(KEEP, new Names(RuleKind.GUARDRAILS, Set.of("email:tokenise"))));
        gateway.first.always(x -> {
            String said = Replies.json(x.request().text()).at("/messages/0/content").asString();
            Stream<String> letters =
                    said.chars()
                            .mapToObj(each ->
                                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                                            + (char) each
                                            + "\"}}]}");
            FakeUpstream.events(Stream.concat(letters, Stream.of("[DONE]")).toArray(String[]::new))
                    .serve(x);
        });

        Answer answer = Answer.toChat(gateway, asking("I am " + MAIL, ",\"stream\":true"));

        FinishedExchange kept = gateway.content.next();
        assertThat(answer.body()).contains(MAIL);
        assertThat(answer(kept))
                .contains("[EMAIL-1-")
                .contains("data: [DONE]")
                .doesNotContain(MAIL)
                .doesNotContain("nr-receipt");
    }

    @Test
    void keepsNothingOfWhatWasSentToNobody() throws Exception {
        gateway.rules(List.of(), List.of(KEEP, new Names(RuleKind.GUARDRAILS, Set.of("email"))));

        assertThat(Answer.toChat(gateway, asking("I am " + MAIL, "")).status()).isEqualTo(403);
        gateway.journal.next();

        assertThat(gateway.content.isEmpty()).isTrue();
        assertThat(gateway.content.held()).isZero();
    }

    @Test
    void keepsWhatTheAppWasToldWhenAllProvidersFail() throws Exception {
        gateway.rules(List.of(), List.of(KEEP));
        gateway.first.always(FakeUpstream.status(500, "", "{}"));
        gateway.second.always(FakeUpstream.status(500, "", "{}"));

        Answer answer = Answer.toChat(gateway, asking("hello", ""));

        FinishedExchange kept = gateway.content.next();
        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(answer(kept)).isEqualTo(answer.body());
    }

    @Test
    void refusesARequestThatThereIsNoRoomToKeep() throws Exception {
        gateway.rules(List.of(), List.of(KEEP));
        gateway.content.roomFor(10);

        Answer answer = Answer.toChat(gateway, asking("hello", ""));

        assertThat(answer.status()).isEqualTo(ProblemCode.RECORD_UNAVAILABLE.status());
        assertThat(answer.errorCode()).isEqualTo("record_unavailable");
        assertThat(gateway.first.connections()).isZero();
        assertThat(gateway.content.held()).isZero();
    }

    @Test
    void cutsOffTheEndOfAnAnswerThatThereIsNoRoomFor() throws Exception {
        gateway.rules(List.of(), List.of(KEEP));
        String body = asking("hello", "");
        gateway.content.roomFor(body.length() + 5);

        Answer answer = Answer.toChat(gateway, body);

        FinishedExchange kept = gateway.content.next();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(kept.cut()).isTrue();
        assertThat(answer(kept)).isEmpty();
    }

    @Test
    void saysInTheReceiptForHowLong() throws Exception {
        gateway.rules(List.of(), List.of(KEEP));

        try (var client = gateway.connect()) {
            String text =
                    client.send(Answer.chat(gateway, "connection: close\r\n", asking("hello", "")))
                            .receiveAll();
            String receipt = text.replaceAll("(?is).*nr-receipt: ([^\r]+)\r.*", "$1");
            String claims =
                    new String(
                            Base64.getUrlDecoder().decode(receipt.split("\\.")[1]),
                            StandardCharsets.UTF_8);
            assertThat(claims).contains("\"retention\":\"30d\"");
        }
    }
}
