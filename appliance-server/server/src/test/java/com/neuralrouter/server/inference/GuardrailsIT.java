package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Guardrails over real sockets: what reaches the provider, and what reaches the app. */
class GuardrailsIT {
    private static final String CARD = "4111 1111 1111 1111";
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}";

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
    void refusesARequestBeforeAnythingIsSent() throws Exception {
        guard("secrets");

        Answer answer = Answer.toChat(gateway, asking("key AKIAIOSFODNN7EXAMPLE", ""));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("guardrail_refused");
        assertThat(answer.body())
                .contains("aws-access-key")
                .contains("messages[0].content")
                .doesNotContain("AKIA");
        assertThat(gateway.first.connections() + gateway.second.connections()).isZero();
        assertThat(gateway.journal.next().ended().problem())
                .isEqualTo(ProblemCode.GUARDRAIL_REFUSED);
    }

    @Test
    void sendsAPlaceholderAndAnswersWithTheOriginal() throws Exception {
        guard("email:tokenise");
        gateway.first.always(x -> {
            String said = Replies.json(x.request().text()).at("/messages/0/content").asString();
            answering("You said: " + said).serve(x);
        });

        Answer answer = Answer.toChat(gateway, asking("Write to jane@example.org", ""));

        assertThat(gateway.first.requests().getFirst().text())
                .doesNotContain("jane@")
                .contains("Write to [EMAIL-1-");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/choices/0/message/content").asString())
                .isEqualTo("You said: Write to jane@example.org");
    }

    @Test
    void masksAnAnswerThatIsWhole() throws Exception {
        guard("payment-card:mask@answer");
        gateway.first.always(answering("Card " + CARD));

        Answer answer = Answer.toChat(gateway, asking("card " + CARD, ""));

        assertThat(gateway.first.requests().getFirst().text()).contains(CARD);
        assertThat(answer.json().at("/choices/0/message/content").asString())
                .isEqualTo("Card [masked:payment-card]");
        assertThat(gateway.journal.next().ended().tokens().input()).isEqualTo(11);
    }

    @Test
    void refusesAnAnswerThatIsWhole() throws Exception {
        guard("payment-card");
        gateway.first.always(answering("Card " + CARD));

        Answer answer = Answer.toChat(gateway, asking("hi", ""));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("guardrail_refused");
        assertThat(answer.body()).contains("choices[0].message.content").doesNotContain("4111 ");
        var ended = gateway.journal.next().ended();
        assertThat(ended.problem()).isEqualTo(ProblemCode.GUARDRAIL_REFUSED);
        assertThat(ended.tokens().output()).isEqualTo(7);
    }

    @Test
    void masksInAStream() throws Exception {
        guard("pii:mask");
        gateway.first.always(streaming());

        Answer answer = Answer.toChat(gateway, asking("hi", ",\"stream\":true"));

        assertThat(answer.body())
                .contains("[masked:payment-card]")
                .contains("data: [DONE]\n\n")
                .doesNotContain("1111");
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void endsAStreamWithAnErrorEvent() throws Exception {
        guard("payment-card");
        gateway.first.always(streaming());

        Answer answer = Answer.toChat(gateway, asking("hi", ",\"stream\":true"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("guardrail_refused")
                .contains("payment-card")
                .doesNotContain("1111")
                .doesNotContain("[DONE]");
        var ended = gateway.journal.next().ended();
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.problem()).isEqualTo(ProblemCode.GUARDRAIL_REFUSED);
    }

    @Test
    void masksWhatIsTranslatedToo() throws Exception {
        guard("payment-card:mask@answer", "email:tokenise");
        gateway.first.always(streaming());
        String body =
                "{\"model\":\"m\",\"max_tokens\":50,\"stream\":true,\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"I am jane@example.org\"}]}";
        String request =
                Answer.chat(gateway, "connection: close\r\n", body)
                        .replace("/v1/chat/completions", "/v1/messages");

        Answer answer = Answer.to(gateway, request);

        assertThat(gateway.first.requests().getFirst().text()).doesNotContain("jane@");
        assertThat(answer.body())
                .contains("event: content_block_delta")
                .contains("[masked:payment-card]")
                .contains("event: message_stop")
                .doesNotContain("1111");
    }

    @Test
    void recordsWhichGuardrailsActedAndHowOften() throws Exception {
        guard("email:mask", "payment-card:mask@answer");
        gateway.first.always(answering("Card " + CARD + ", or " + CARD));

        Answer.toChat(gateway, asking("from jane@example.org", ""));

        assertThat(gateway.journal.next().ended().residency().guardrails())
                .isEqualTo("email:mask=1 payment-card:mask=2");
        assertThat(gateway.guardrailCounts())
                .contains(
                        "neural_router_guardrail_actions_total{guardrail=\"payment-card\",action=\"mask\"}"
                            + " 2\n");
    }

    @Test
    void holdsAnAnswerBackThatDoesNotFitTheRequestsSchema() throws Exception {
        guard("schema");
        String schema =
                ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":"
                    + "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":"
                    + "\"string\",\"pattern\":\"^(x+x+)+y$\"}}}}}";
        gateway.first.next(answering("{\\\"a\\\":\\\"xxy\\\"}"));
        gateway.first.next(answering("{\\\"b\\\":1}"));
        gateway.first.next(answering("{\\\"a\\\":\\\"" + "x".repeat(5_000) + "\\\"}"));
        gateway.first.next(streaming());

        assertThat(Answer.toChat(gateway, asking("x", schema)).status()).isEqualTo(200);
        Answer wrong = Answer.toChat(gateway, asking("x", schema));
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.body()).contains("does not fit the request's schema");
        assertThat(Answer.toChat(gateway, asking("x", schema)).status()).isEqualTo(403);
        assertThat(Answer.toChat(gateway, asking("x", schema + ",\"stream\":true")).body())
                .contains("guardrail_refused")
                .doesNotContain("4111 ");
    }

    @Test
    void asksAGuardModelUnderTheSamePermit() throws Exception {
        guard("llama-guard=model(org/only-second)@request");
        gateway.first.always(answering("fine"));
        gateway.second.next(answering("safe"));
        gateway.second.next(answering("unsafe\\nS1"));
        gateway.second.next(answering("What do you mean?"));
        gateway.second.next(FakeUpstream.hang());

        assertThat(Answer.toChat(gateway, asking("hello there", "")).status()).isEqualTo(200);
        assertThat(gateway.second.requests().getFirst().text()).contains("hello there");
        assertThat(Answer.toChat(gateway, asking("x", "")).body()).contains("unsafe");
        assertThat(Answer.toChat(gateway, asking("x", "")).status()).isEqualTo(403);
        assertThat(Answer.toChat(gateway, asking("x", "")).body()).contains("in time");
        assertThat(gateway.first.requests()).hasSize(1);
        assertThat(gateway.journal.drain()).as("questions are recorded too").isGreaterThan(4);
    }

    @Test
    void asksNoGuardModelWhereTheRequestMayNotGo() throws Exception {
        gateway.rules(
                List.of(
                        new Names(
                                RuleKind.GUARDRAILS, Set.of("llama-guard=model(org/only-second)")),
                        new Names(RuleKind.DENIED_PROVIDERS, Set.of("second"))),
                List.of());
        gateway.first.always(answering("fine"));

        Answer answer = Answer.toChat(gateway, asking("x", ""));

        assertThat(answer.errorCode()).isEqualTo("guardrail_refused");
        assertThat(gateway.second.connections()).isZero();
        assertThat(gateway.first.connections()).isZero();
    }

    @Test
    void asksAGuardModelAboutAnAnswerBeforeAnyOfItGoesOut() throws Exception {
        guard("flagged=moderation(org/only-second)@answer");
        gateway.first.always(streaming());
        gateway.second.next(FakeUpstream.json("{\"results\":[{\"flagged\":false}]}"));
        gateway.second.next(FakeUpstream.json("{\"results\":[{\"flagged\":true}]}"));

        Answer good = Answer.toChat(gateway, asking("hi", ",\"stream\":true"));
        Answer bad = Answer.toChat(gateway, asking("hi", ",\"stream\":true"));

        assertThat(good.body()).contains("[DONE]");
        assertThat(gateway.second.requests().getFirst().text()).contains("4111 1111 1111 1111");
        assertThat(bad.body()).contains("guardrail_refused").doesNotContain("11 1111");
    }

    @Test
    void leavesAnAnswerAsItCameWhereNothingIsNamed() throws Exception {
        gateway.first.always(streaming());

        Answer answer = Answer.toChat(gateway, asking("hi", ",\"stream\":true"));

        assertThat(answer.body()).contains("\"logprobs\" : null").contains("4111");
    }

    private void guard(String... names) {
        gateway.rules(List.of(new Names(RuleKind.GUARDRAILS, Set.of(names))), List.of());
    }

    private static String asking(String text, String more) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
                .formatted(text, more);
    }

    private static FakeUpstream.Behaviour answering(String said) {
        return FakeUpstream.json(
                "{\"id\":\"a\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\""
                        + said
                        + "\"}}],"
                        + USAGE
                        + "}");
    }

    /** A card's number, in pieces; with a blank that nobody writes who writes it anew. */
    private static FakeUpstream.Behaviour streaming() {
        return FakeUpstream.events(
                "{\"id\":\"a\",\"choices\":[{\"index\":0,\"logprobs\" :"
                        + " null,\"delta\":{\"content\":\"Use 4111 11\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"11 1111 1\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"111 now\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[]," + USAGE + "}",
                "[DONE]");
    }
}
