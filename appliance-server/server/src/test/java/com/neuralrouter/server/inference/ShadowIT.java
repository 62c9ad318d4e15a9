package com.neuralrouter.server.inference;

import static com.neuralrouter.server.inference.TestRoutes.shadow;
import static com.neuralrouter.server.inference.TestRoutes.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.inference.RecordingJournal.Recorded;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.RoutePlan.Reason;
import com.neuralrouter.server.usage.TokenCounts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Copies of requests for a second upstream, whose answers nobody sees. */
class ShadowIT {
    private static final String ANSWER =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9}}";

    private static final UpstreamTimeouts PATIENT =
            new UpstreamTimeouts(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(2));

    private static final PolicyRule PERMITTED = shadows("shadow");

    private Gateway gateway;

    private static PolicyRule shadows(String... providers) {
        return new PolicyRule.Names(RuleKind.ALLOWED_SHADOWS, Set.of(providers));
    }

    @BeforeEach
    void start() throws IOException {
        use(new Gateway());
    }

    private void use(Gateway made) {
        gateway = made;
        gateway.first.always(FakeUpstream.json("{\"choices\":[],\"by\":\"first\"}"));
        gateway.second.always(FakeUpstream.json(ANSWER));
        gateway.rules(List.of(PERMITTED), List.of());
        route(shadow());
    }

    private void route(Choice second) {
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY),
                                upstream("real", gateway.first, Choice.PLAIN, "DE"),
                                upstream("shadow", gateway.second, second, "US"))));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private Answer chat() throws IOException {
        return Answer.toChat(gateway, Answer.body("m", ""));
    }

    /** The record of the request, and that of its copy. */
    private Recorded recorded(boolean ofTheCopy) throws InterruptedException {
        Recorded one = gateway.journal.next();
        Recorded other = gateway.journal.next();
        return (one.ended().outcome() == Outcome.SHADOWED) == ofTheCopy ? one : other;
    }

    @Test
    void theShadowGetsACopyAndTheAppTheAnswerOfTheOther() throws Exception {
        Answer answer = chat();
        Recorded copy = recorded(true);

        assertThat(answer.json().path("by").asString()).isEqualTo("first");
        assertThat(gateway.first.requests()).hasSize(1);
        assertThat(gateway.second.requests())
                .singleElement()
                .satisfies(sent ->
                        assertThat(sent.text())
                                .isEqualTo(
                                        gateway.first
                                                .requests()
                                                .getFirst()
                                                .text()
                                                .replace("at-real", "at-shadow")));
        assertThat(copy.ended().provider()).isEqualTo(TestRoutes.provider("shadow"));
        assertThat(copy.ended().tokens()).isEqualTo(new TokenCounts(7, 9, false));
        assertThat(copy.ended().residency().jurisdiction()).isEqualTo("US");
        assertThat(copy.ended().residency().policy()).isNotEmpty();
        assertThat(copy.started().model()).isEqualTo("m");
        assertThat(almostTheSame(copy.started().id(), answer.request())).isTrue();
    }

    private static boolean almostTheSame(RequestId copy, RequestId original) {
        return !copy.equals(original)
                && copy.value().getMostSignificantBits()
                        == original.value().getMostSignificantBits()
                && (copy.value().getLeastSignificantBits()
                                ^ original.value().getLeastSignificantBits())
                        < 256;
    }

    @Test
    void theRequestsOwnRecordSaysNothingOfIt() throws Exception {
        chat();

        Recorded own = recorded(false);

        assertThat(own.ended().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(own.ended().attempts()).isEqualTo(1);
        assertThat(own.ended().residency().jurisdiction()).isEqualTo("DE");
    }

    @Test
    void aStreamIsReadToItsEnd() throws Exception {
        gateway.first.always(FakeUpstream.events("{\"choices\":[]}", "[DONE]"));
        gateway.second.always(FakeUpstream.events("{\"choices\":[]}", ANSWER, "[DONE]"));

        Answer answer = Answer.toChat(gateway, Answer.body("m", ",\"stream\":true"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(recorded(true).ended().tokens()).isEqualTo(new TokenCounts(7, 9, false));
    }

    @Test
    void whateverTheShadowDoesTheAppGetsItsAnswer() throws Exception {
        for (FakeUpstream.Behaviour bad :
                List.<FakeUpstream.Behaviour>of(
                        FakeUpstream.Exchange::reset,
                        FakeUpstream.status(500, "", "{}"),
                        FakeUpstream.status(429, "retry-after: 60", "{}"),
                        x -> x.write("220 mail.example ESMTP\r\n\r\n"))) {
            gateway.second.next(bad);

            assertThat(chat().json().path("by").asString()).isEqualTo("first");
            Recorded copy = recorded(true);
            assertThat(copy.ended().problem()).isEqualTo(ProblemCode.UPSTREAM_FAILED);
            assertThat(copy.ended().tokens()).isEqualTo(TokenCounts.NONE);
        }
        // And it counts for nothing: the next copy is sent as if nothing had been.
        chat();
        assertThat(recorded(true).ended().problem()).isNull();
    }

    @Test
    void aShadowThatHangsKeepsNobodyWaitingAndGetsFewCopies() throws Exception {
        gateway.close();
        use(new Gateway(100, PATIENT, Duration.ofMinutes(2)));
        var let = new CountDownLatch(1);
        gateway.second.always(x -> {
            let.await(2, TimeUnit.MINUTES);
            FakeUpstream.json(ANSWER).serve(x);
        });

        for (int i = 0; i < 60; i++) {
            assertThat(chat().status()).isEqualTo(200);
        }

        assertThat(gateway.first.requests()).hasSize(60);
        assertThat(gateway.second.requests()).hasSizeBetween(1, 16);
        let.countDown();
    }

    @Test
    void whereAPolicyDoesNotLetItGoNoCopyGoes() throws Exception {
        gateway.rules(
                List.of(PERMITTED, PolicyRule.AllowedJurisdictions.of(Set.of("DE"))), List.of());
        route(shadow());

        assertNoCopy(chat(), Reason.JURISDICTION_NOT_ALLOWED);
    }

    @Test
    void whereNobodyPermittedCopiesNoneGoes() throws Exception {
        gateway.rules(List.of(), List.of());
        route(shadow());

        assertNoCopy(chat(), Reason.SHADOW_NOT_ALLOWED);
    }

    @Test
    void whereOnlyTheWorkspacePermitsCopiesNoneGoes() throws Exception {
        gateway.rules(List.of(), List.of(PERMITTED));
        route(shadow());

        assertNoCopy(chat(), Reason.SHADOW_NOT_ALLOWED);
    }

    @Test
    void whereTheWorkspaceForbidsCopiesNoneGoes() throws Exception {
        gateway.rules(List.of(PERMITTED), List.of(shadows("real")));
        route(shadow());

        assertNoCopy(chat(), Reason.SHADOW_NOT_ALLOWED);
    }

    @Test
    void aRequestThatWantsNoCopyHasNone() throws Exception {
        Answer answer =
                Answer.to(
                        gateway,
                        Answer.post(
                                gateway,
                                "/v1/chat/completions",
                                "connection: close\r\nnr-policy: no-shadow\r\n",
                                Answer.body("m", "")));

        assertNoCopy(answer, Reason.SHADOW_NOT_ALLOWED);
    }

    private void assertNoCopy(Answer answer, Reason reason) throws InterruptedException {
        assertThat(answer.json().path("by").asString()).isEqualTo("first");
        assertThat(gateway.decided(answer.request()).plan().dropped())
                .singleElement()
                .satisfies(dropped -> assertThat(dropped.reason()).isEqualTo(reason));
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(gateway.second.connections()).isZero();
    }

    @Test
    void aRequestThatIsRefusedIsNotCopied() throws Exception {
        gateway.rules(
                List.of(PERMITTED, PolicyRule.AllowedJurisdictions.of(Set.of("US"))), List.of());
        route(shadow());

        assertThat(chat().status()).isEqualTo(503);
        assertThat(gateway.second.connections()).isZero();
    }
}
