package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.usage.TokenCounts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Answers that come as a whole, and what happens when they do not. */
class AnswersIT {
    private static final String GOOD =
            "{\"choices\":[{\"message\":{\"content\":\"hello\"}}],"
                + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";

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

    @Test
    void passesRequestAndAnswerThroughWithTheUpstreamsModelAndCredential() throws Exception {
        Answer answer = Answer.toChat(gateway, Answer.body("m", ",\"x\" : [ 1 ]"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(GOOD);
        assertThat(answer.head()).contains("content-type: application/json");
        var received = gateway.first.requests().getFirst();
        assertThat(received.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(received.text()).isEqualTo(Answer.body("m@first", ",\"x\" : [ 1 ]"));
        assertThat(received.header("authorization")).isEqualTo("Bearer upstream-secret");
    }

    @Test
    void recordsWhoServedWhatForHowManyTokens() throws Exception {
        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        var recorded = gateway.journal.next();
        assertThat(answer.head()).contains("x-request-id: " + recorded.started().id());
        assertThat(recorded.started().model()).isEqualTo("m");
        assertThat(recorded.started().stream()).isFalse();
        assertThat(recorded.ended().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(recorded.ended().provider()).isEqualTo(Gateway.provider("first"));
        assertThat(recorded.ended().servedModel()).isEqualTo("m@first");
        assertThat(recorded.ended().attempts()).isEqualTo(1);
        assertThat(recorded.ended().tokens()).isEqualTo(new TokenCounts(11, 7, false));
        assertThat(recorded.ended().firstByteMicros())
                .isPositive()
                .isLessThanOrEqualTo(recorded.ended().durationMicros());
    }

    @Test
    void estimatesTheTokensThatTheProviderDoesNotReport() throws Exception {
        gateway.first.always(
                FakeUpstream.json("{\"choices\":[{\"message\":{\"content\":\"eight by\"}}]}"));

        Answer.toChat(gateway, Answer.body("m", ""));

        TokenCounts tokens = gateway.journal.next().ended().tokens();
        assertThat(tokens.estimated()).isTrue();
        assertThat(tokens.input()).isPositive();
        assertThat(tokens.output()).isPositive();
    }

    @Test
    void showsTheAppWhatTheProviderSaysOfItsRequest() throws Exception {
        gateway.first.always(
                FakeUpstream.status(
                        400, "content-type: application/json", "{\"error\":{\"code\":\"x\"}}"));

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":{\"code\":\"x\"}}");
        assertThat(gateway.second.requests()).isEmpty();
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.FAILED);
    }

    /** Nobody looks at an answer's headers again on their way to the app. */
    @ParameterizedTest
    @ValueSource(strings = {"\r", "\0", "\u007f", "\u001b"})
    void takesNoHeaderFromAProviderThatCouldBecomeAnother(String control) throws Exception {
        var bad = FakeUpstream.status(200, "content-type: text/a" + control + "x-evil: 1", GOOD);
        gateway.first.always(bad);
        gateway.second.always(bad);

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(answer.head() + answer.body()).doesNotContain("evil");
    }

    @Test
    void capsTheOutputWherePolicySaysSo() throws IOException {
        gateway.rules(List.of(new PolicyRule.Limit(RuleKind.MAX_OUTPUT_TOKENS, 50)), List.of());

        Answer.toChat(gateway, Answer.body("m", ""));
        Answer refused = Answer.toChat(gateway, Answer.body("m", ",\"max_tokens\":51"));

        assertThat(gateway.first.requests().getFirst().text()).contains("\"max_tokens\":50");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(gateway.first.requests()).hasSize(1);
    }

    @Test
    void asksNoProviderThatPolicyExcludesEvenIfNoOtherAnswers() throws IOException {
        gateway.rules(
                List.of(new PolicyRule.Names(RuleKind.ALLOWED_PROVIDERS, Set.of("first"))),
                List.of());
        gateway.first.always(x -> x.reset());

        assertThat(Answer.toChat(gateway, Answer.body("m", "")).status()).isEqualTo(502);
        assertThat(gateway.second.connections()).isZero();
    }

    /** What an upstream can do instead of answering. */
    enum Trouble {
        RESETS(x -> x.reset()),
        CLOSES(x -> x.close()),
        FAILS(FakeUpstream.status(500, "", "")),
        REFUSES_THE_CREDENTIAL(FakeUpstream.status(401, "", "")),
        SPEAKS_NO_HTTP(x -> x.write("hello\r\n\r\n")),
        BREAKS_OFF(x -> {
            x.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n");
            x.write("content-length: 100\r\n\r\n{\"choices\":");
            x.reset();
        }),
        IS_SILENT(FakeUpstream.hang());

        final Behaviour behaviour;

        Trouble(Behaviour behaviour) {
            this.behaviour = behaviour;
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void asksTheNextUpstreamWhenOne(Trouble trouble) throws Exception {
        gateway.first.always(trouble.behaviour);

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.body()).isEqualTo(GOOD);
        assertThat(gateway.second.requests().getFirst().text())
                .isEqualTo(Answer.body("m@second", ""));
        assertThat(gateway.second.requests().getFirst().header("authorization")).isEmpty();
        var ended = gateway.journal.next().ended();
        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(ended.provider()).isEqualTo(Gateway.provider("second"));
    }

    @Test
    void namesThoseItTriedWhenAllFailed() throws Exception {
        gateway.first.always(FakeUpstream.status(500, "", "the prompt was: hi"));
        gateway.second.always(x -> x.reset());

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().at("/error/type").asString()).isEqualTo("server_error");
        assertThat(answer.errorCode()).isEqualTo("upstream_failed");
        assertThat(answer.body()).contains("first: ").contains("second: ").doesNotContain("prompt");
        var ended = gateway.journal.next().ended();
        assertThat(ended.problem()).isEqualTo(ProblemCode.UPSTREAM_FAILED);
        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(ended.provider()).isNull();
    }

    @Test
    void asksTheAppToWaitWhenEveryProviderAsksForIt() throws IOException {
        gateway.first.always(FakeUpstream.status(429, "retry-after: 30", ""));
        gateway.second.always(FakeUpstream.status(429, "retry-after: 7", ""));

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCode()).isEqualTo("rate_limit_exceeded");
        assertThat(answer.head()).contains("retry-after: 7\r\n");
    }

    @Test
    void saysSoWhenNobodyAnsweredInTime() throws IOException {
        gateway.first.always(FakeUpstream.hang());
        gateway.second.always(FakeUpstream.hang());

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.errorCode()).isEqualTo("upstream_timed_out");
    }

    @Test
    void servesEveryRequestOfASeriesInWhichTheFirstUpstreamDies() throws Exception {
        for (int i = 0; i < 200; i++) {
            if (i == 60) {
                gateway.first.close();
            }

            assertThat(Answer.toChat(gateway, Answer.body("m", "")).status()).isEqualTo(200);
        }
    }
}
