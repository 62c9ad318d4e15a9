package com.neuralrouter.server.inference;

import static com.neuralrouter.server.inference.TestRoutes.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.limit.LimitBook;
import com.neuralrouter.server.limit.Limits;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.Tried;
import com.neuralrouter.server.route.Tried.Outcome;
import com.neuralrouter.server.usage.RequestEnded;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A request for embeddings that gets no answer goes to a second upstream as well. */
class HedgingIT {
    private static final int AFTER = 150;
    private static final int SLOW = 20_000;
    private static final String FIRST = "{\"data\":[],\"by\":\"first\"}";
    private static final String SECOND = "{\"data\":[],\"by\":\"second\"}";

    private static final String USAGE =
            "{\"data\":[],\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}";

    private final CountDownLatch cut = new CountDownLatch(1);
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.first.always(FakeUpstream.json(FIRST));
        gateway.second.always(FakeUpstream.json(SECOND));
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                new Route.Ways(Strategy.PRIORITY, List.of(), AFTER),
                                upstream("one", gateway.first),
                                upstream("two", gateway.second))));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private Answer embeddings() throws IOException {
        return embeddings("hi");
    }

    private Answer embeddings(String text) throws IOException {
        return Answer.to(
                gateway,
                Answer.post(
                        gateway,
                        "/v1/embeddings",
                        "connection: close\r\n",
                        "{\"model\":\"m\",\"input\":\"" + text + "\"}"));
    }

    private List<Tried> tried(Answer answer) {
        return gateway.decided(answer.request()).tried();
    }

    private static FakeUpstream.Behaviour after(int millis, FakeUpstream.Behaviour then) {
        return x -> {
            x.pause(millis);
            then.serve(x);
        };
    }

    /** Says nothing, and tells when the other side leaves. */
    private FakeUpstream.Behaviour hang() {
        return x -> {
            try {
                x.awaitLeave();
            } finally {
                cut.countDown();
            }
        };
    }

    @Test
    void theSecondAnswersAndTheFirstIsCut() throws Exception {
        gateway.first.always(hang());

        Answer answer = embeddings();

        assertThat(answer.json().path("by").asString()).isEqualTo("second");
        assertThat(cut.await(10, TimeUnit.SECONDS)).as("the first one's connection").isTrue();
        assertThat(tried(answer))
                .extracting(Tried::outcome)
                .containsExactly(Outcome.ANSWERED, Outcome.OVERTAKEN);
        assertThat(tried(answer).getFirst().at()).isGreaterThanOrEqualTo(AFTER * 1_000);
        assertThat(tried(answer))
                .extracting(step -> step.connection().use())
                .containsOnly(Connection.Use.MADE);
        RecordingJournal.Recorded recorded = gateway.journal.next();
        assertThat(recorded.ended().provider()).isEqualTo(TestRoutes.provider("two"));
        assertThat(recorded.ended().attempts()).isEqualTo(2);
    }

    /** Both have the request, and both will want to be paid for it. */
    @Test
    void whoIsCutIsPaidForAsWell() throws Exception {
        gateway.first.always(hang());
        gateway.second.always(FakeUpstream.json(USAGE));
        route(priced(3_000_000), priced(1_000_000));

        embeddings();

        RequestEnded ended = gateway.journal.next().ended();
        assertThat(ended.cost().micros()).isEqualTo(7 * (3 + 1));
        assertThat(ended.cost().overtakenTokens()).isEqualTo(7);
        assertThat(ended.tokens().total()).as("what the app was told").isEqualTo(7);
    }

    /** By a clock that stands still, so that nothing leaks. */
    private Limits tokens(int perMinute) {
        return gateway.limit(new LimitBook(() -> 0), new LimitsDocument(10, perMinute, 5));
    }

    @Test
    void whoIsCutCountsInTokensAsWell() throws Exception {
        gateway.first.always(hang());
        gateway.second.always(FakeUpstream.json(USAGE));
        Limits limits = tokens(100);

        embeddings();

        gateway.journal.next();
        assertThat(limits.tokens().reading().remaining()).isEqualTo(100 - 2 * 7);
        assertThat(limits.requests().reading().remaining()).as("one request").isEqualTo(10 - 1);
        assertThat(limits.places().taken()).isZero();
    }

    @Test
    void whoAnswersAloneCountsAlone() throws Exception {
        gateway.first.always(FakeUpstream.json(USAGE));
        Limits limits = tokens(100);

        embeddings();

        assertThat(gateway.journal.next().ended().cost().overtakenTokens()).isZero();
        assertThat(limits.tokens().reading().remaining()).isEqualTo(100 - 7);
    }

    @Test
    void withoutRoomForTwoTheFirstIsWaitedFor() throws Exception {
        gateway.first.always(after(2 * AFTER, FakeUpstream.json(USAGE)));
        Limits limits = tokens(150);

        Answer answer = embeddings("word ".repeat(100));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.second.requests()).isEmpty();
        assertThat(tried(answer))
                .extracting(Tried::outcome)
                .containsExactly(Outcome.NO_BUDGET, Outcome.ANSWERED);
        gateway.journal.next();
        assertThat(limits.tokens().reading().remaining()).isEqualTo(150 - 7);
    }

    @Test
    void withoutRoomForTwoTheSecondIsAskedWhenTheFirstFails() throws Exception {
        gateway.first.always(after(2 * AFTER, FakeUpstream.status(500, "", "{}")));
        gateway.second.always(FakeUpstream.json(USAGE));
        Limits limits = tokens(150);

        Answer answer = embeddings("word ".repeat(100));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.journal.next().ended().attempts()).isEqualTo(2);
        assertThat(limits.tokens().reading().remaining()).isEqualTo(150 - 7);
    }

    @Test
    void whoIsCutAndHasNoPriceMakesTheCostUnknown() throws Exception {
        gateway.first.always(hang());
        gateway.second.always(FakeUpstream.json(USAGE));
        route(Choice.PLAIN, priced(1_000_000));

        embeddings();

        assertThat(gateway.journal.next().ended().cost().micros()).isNegative();
    }

    @Test
    void whoAnswersAloneIsPaidForAlone() throws Exception {
        gateway.first.always(FakeUpstream.json(USAGE));
        route(priced(3_000_000), priced(1_000_000));

        embeddings();

        assertThat(gateway.journal.next().ended().cost().micros()).isEqualTo(7 * 3);
    }

    private static Choice priced(long micros) {
        return new Choice(Use.ALWAYS, 1, 0, null, new Choice.Price(micros, micros));
    }

    private void route(Choice first, Choice second) {
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                new Route.Ways(Strategy.PRIORITY, List.of(), AFTER),
                                upstream("one", gateway.first, first),
                                upstream("two", gateway.second, second))));
    }

    @Test
    void theFirstMayAnswerAfterAll() throws Exception {
        gateway.first.always(after(2 * AFTER, FakeUpstream.json(FIRST)));
        gateway.second.always(hang());

        Answer answer = embeddings();

        assertThat(answer.json().path("by").asString()).isEqualTo("first");
        assertThat(cut.await(10, TimeUnit.SECONDS)).as("the second one's connection").isTrue();
        assertThat(gateway.journal.next().ended().provider()).isEqualTo(TestRoutes.provider("one"));
    }

    @Test
    void whoAnswersInTimeIsAskedAlone() throws IOException {
        Answer answer = embeddings();

        assertThat(answer.json().path("by").asString()).isEqualTo("first");
        assertThat(gateway.second.requests()).isEmpty();
        assertThat(tried(answer)).extracting(Tried::outcome).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void nothingButEmbeddingsIsAskedTwice() throws IOException {
        gateway.first.always(after(3 * AFTER, FakeUpstream.json("{\"choices\":[]}")));

        Answer answer = Answer.toChat(gateway, Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.second.requests()).isEmpty();
    }

    @Test
    void aFailureOfOneIsNoneWhileTheOtherIsUnderWay() throws IOException {
        gateway.first.always(after(2 * AFTER, FakeUpstream.status(500, "", "{}")));
        gateway.second.always(after(3 * AFTER, FakeUpstream.json(SECOND)));

        Answer answer = embeddings();

        assertThat(answer.json().path("by").asString()).isEqualTo("second");
        assertThat(tried(answer))
                .extracting(Tried::outcome)
                .containsExactly(Outcome.FAILED, Outcome.ANSWERED);
    }

    @Test
    void bothMayFail() throws IOException {
        gateway.first.always(after(2 * AFTER, FakeUpstream.status(500, "", "{}")));
        gateway.second.always(FakeUpstream.status(503, "", "{}"));

        Answer answer = embeddings();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("one: ").contains("two: ");
    }

    @Test
    void aFailureBeforeItIsTimeIsFollowedByTheNextAsEver() throws IOException {
        gateway.first.always(FakeUpstream.status(500, "", "{}"));

        assertThat(embeddings().json().path("by").asString()).isEqualTo("second");
        assertThat(gateway.first.requests()).hasSize(1);
    }

    @Test
    void secondsAreTakenFromTheBudgetOfRetries() throws Exception {
        int requests = 120;
        gateway.first.always(after(3 * AFTER, FakeUpstream.json(FIRST)));
        gateway.second.always(after(SLOW, FakeUpstream.json(SECOND)));
        long began = System.nanoTime();
        var answers = new ArrayList<Future<Answer>>();
        try (ExecutorService apps = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < requests; i++) {
                answers.add(apps.submit(() -> embeddings()));
            }
        }

        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        // Ten to begin with, a fifth of the requests, ten a second.
        assertThat(gateway.second.requests())
                .hasSizeBetween(1, (int) (10 + requests / 5 + 10 * seconds));
    }
}
