package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.provider.TestAuthority;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Choice.Price;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.Terms;
import com.neuralrouter.server.route.Tried;
import com.neuralrouter.server.route.Tried.Outcome;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What can go wrong with a provider, against real sockets, for every strategy, plain and streamed:
 * once with another upstream that is well, once with none. The app gets an answer or the right
 * error within the deadline, and the log of attempts says what happened.
 */
class FaultMatrixIT {
    private static final Duration TOTAL = Duration.ofSeconds(8);
    private static final Duration SLACK = Duration.ofSeconds(12);
    private static final int AT_ONCE = 24;
    private static final String EVENT = "{\"choices\":[{\"delta\":{\"content\":\"well\"}}]}";
    private static final String JSON = "{\"choices\":[],\"said\":\"well\"}";

    /** What the provider does, and what the app gets when there is nobody else. */
    private enum Fault {
        REFUSES(502),
        RESETS(502),
        HANGS_BEFORE_THE_HEAD(504),
        THROTTLES_IN_SECONDS(429),
        THROTTLES_UNTIL_A_DATE(429),
        THROTTLES_IN_MILLISECONDS(429),
        THROTTLES_AS_AZURE(429),
        THROTTLES_BY_A_RESET(429),
        THROTTLES_UNTIL_A_MOMENT(429),
        THROTTLES_WITHOUT_A_WORD(429),
        FAILS_500(502),
        FAILS_503(502),
        SENDS_GARBAGE(502),
        FAILS_TLS(502),
        HAS_NO_ADDRESS(502),
        HANGS_IN_MID_ANSWER(504),
        BREAKS_IN_MID_ANSWER(502),
        DRIPS(200);

        final int alone;

        Fault(int alone) {
            this.alone = alone;
        }

        Behaviour behaviour() {
            return switch (this) {
                case RESETS -> FakeUpstream.Exchange::reset;
                case HANGS_BEFORE_THE_HEAD -> FakeUpstream.hang();
                case THROTTLES_IN_SECONDS -> throttled("retry-after: 1");
                case THROTTLES_UNTIL_A_DATE -> throttled("retry-after: " + inASecond());
                case THROTTLES_IN_MILLISECONDS -> throttled("retry-after-ms: 120");
                case THROTTLES_AS_AZURE -> throttled("x-ms-retry-after-ms: 120");
                case THROTTLES_BY_A_RESET -> throttled("x-ratelimit-reset-requests: 120ms");
                case THROTTLES_UNTIL_A_MOMENT ->
                        throttled("anthropic-ratelimit-requests-reset: " + momentInASecond());
                case THROTTLES_WITHOUT_A_WORD -> FakeUpstream.status(429, "", "{}");
                case FAILS_500 -> FakeUpstream.status(500, "", "{}");
                case FAILS_503 -> FakeUpstream.status(503, "", "{}");
                case HANGS_IN_MID_ANSWER ->
                        x -> {
                            begin(x);
                            x.awaitLeave();
                        };
                case BREAKS_IN_MID_ANSWER ->
                        x -> {
                            begin(x);
                            x.reset();
                        };
                case DRIPS ->
                        x -> {
                            begin(x);
                            x.drip(rest(x), 2);
                        };
                case SENDS_GARBAGE -> x -> x.write("220 mail.example ESMTP\r\n\r\n");
                case REFUSES, FAILS_TLS, HAS_NO_ADDRESS -> FakeUpstream.json("{}");
            };
        }

        /** Of a stream the app gets to see the beginning; of anything else it does not. */
        boolean isAfterTheBeginning() {
            return this == HANGS_IN_MID_ANSWER || this == BREAKS_IN_MID_ANSWER;
        }

        private static void begin(FakeUpstream.Exchange x) throws IOException {
            if (isStream(x)) {
                x.write(
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                                + "transfer-encoding: chunked\r\n\r\n");
                x.chunk("data: " + EVENT + "\n\n");
            } else {
                x.write(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                                + "content-length: "
                                + JSON.length()
                                + "\r\n\r\n"
                                + JSON.substring(0, 5));
            }
        }

        private static String rest(FakeUpstream.Exchange x) {
            return isStream(x) ? "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n" : JSON.substring(5);
        }

        private static boolean isStream(FakeUpstream.Exchange x) {
            return x.request().text().contains("\"stream\":true");
        }

        private static Behaviour throttled(String header) {
            return FakeUpstream.status(429, header, "{}");
        }

        private static String momentInASecond() {
            return Instant.now(Clock.systemUTC()).plusSeconds(1).toString();
        }

        private static String inASecond() {
            return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1));
        }
    }

    private record Case(Fault fault, Strategy strategy, boolean stream, boolean alone) {
        String model() {
            return fault + "-" + strategy + (stream ? "-stream" : "-plain") + (alone ? "-1" : "-2");
        }
    }

    private Gateway gateway;
    private FakeUpstream well;
    private TestAuthority stranger;
    private final List<FakeUpstream> broken = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        gateway =
                new Gateway(
                        200,
                        new UpstreamTimeouts(
                                Duration.ofSeconds(3),
                                Duration.ofMillis(1_500),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(30)),
                        TOTAL);
        well = FakeUpstream.start();
        well.always(x ->
                (Fault.isStream(x) ? FakeUpstream.events(EVENT, "[DONE]") : FakeUpstream.json(JSON))
                        .serve(x));
        stranger = new TestAuthority("Somebody's CA");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        well.close();
        for (FakeUpstream one : broken) {
            one.close();
        }
    }

    @Test
    void everyFaultIsMetByEveryStrategy() throws Exception {
        List<Case> cases = cases();
        var routes = new ArrayList<Route>();
        for (Case one : cases) {
            routes.add(route(one));
        }
        gateway.routes(routes);

        var results = new ArrayList<Future<String>>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Case one : cases) {
                results.add(threads.submit(() -> wrongWith(one)));
            }
        }
        var wrong = new ArrayList<String>();
        for (Future<String> result : results) {
            wrong.add(result.get(1, TimeUnit.SECONDS));
        }
        wrong.removeIf(String::isEmpty);

        assertThat(cases).hasSize(Fault.values().length * Strategy.values().length * 4);
        assertThat(wrong).isEmpty();
    }

    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (Fault fault : Fault.values()) {
            for (Strategy strategy : Strategy.values()) {
                for (boolean stream : new boolean[] {false, true}) {
                    cases.add(new Case(fault, strategy, stream, false));
                    cases.add(new Case(fault, strategy, stream, true));
                }
            }
        }
        return cases;
    }

    private Route route(Case one) throws Exception {
        var upstreams = new ArrayList<Route.Upstream>();
        upstreams.add(upstream(one, broken(one.fault())));
        if (!one.alone()) {
            var good = new Choice(Use.ALWAYS, 1, 0, null, new Price(2_000, 2_000));
            upstreams.add(
                    new Route.Upstream(
                            endpoint("well", well.baseUrl()), "good", good, Terms.UNDECLARED));
        }
        return new Route(
                new RouteId(new UUID(1, one.model().hashCode())),
                "r",
                one.model(),
                0,
                upstreams,
                new Route.Ways(one.strategy(), List.of(), 0));
    }

    /** Where the strategy has a say it is first: heavy and cheap. */
    private Route.Upstream upstream(Case one, URI url) {
        var first = new Choice(Use.ALWAYS, 1_000_000, 0, null, new Price(1, 1));
        return new Route.Upstream(endpoint(one.model(), url), one.model(), first, Terms.UNDECLARED);
    }

    private static Endpoint endpoint(String name, URI url) {
        return new Endpoint(
                new ProviderId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                name,
                ProviderKind.OPENAI,
                url,
                Authentication.NONE,
                null);
    }

    private URI broken(Fault fault) throws Exception {
        FakeUpstream upstream =
                fault == Fault.FAILS_TLS
                        ? FakeUpstream.startTls(
                                stranger.server(
                                        new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                        : FakeUpstream.start();
        upstream.always(fault.behaviour());
        broken.add(upstream);
        return switch (fault) {
            // A port that was free a moment ago may be somebody else's by now.
            case REFUSES -> URI.create("http://127.0.0.1:1/v1");
            case HAS_NO_ADDRESS -> URI.create("http://nowhere.invalid:9/v1");
            default -> upstream.baseUrl();
        };
    }

    /** What is wrong with what became of the case; empty if nothing is. */
    private String wrongWith(Case one) throws IOException {
        long began = System.nanoTime();
        Answer answer =
                Answer.toChat(
                        gateway, Answer.body(one.model(), one.stream() ? ",\"stream\":true" : ""));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        List<Tried> tried = gateway.decided(request(answer)).tried();
        var wrong = new StringBuilder();
        boolean begun = one.stream() && one.fault().isAfterTheBeginning();
        int expected = one.alone() && !begun ? one.fault().alone : 200;
        if (answer.status() != expected) {
            wrong.append(" status ").append(answer.status());
        }
        if (!one.alone() && !answer.body().contains("well")) {
            wrong.append(" body ").append(answer.body());
        }
        boolean byTheBroken = tried.getLast().attempt().model().equals(one.model());
        if (begun && byTheBroken && !answer.body().contains("upstream_failed")) {
            wrong.append(" no error event in ").append(answer.body());
        }
        if (took.compareTo(SLACK) > 0) {
            wrong.append(" took ").append(took);
        }
        boolean right =
                begun || one.fault() == Fault.DRIPS
                        ? tried.size() == 1 && tried.getFirst().outcome() == Outcome.ANSWERED
                        : isRight(one, tried);
        if (!right) {
            wrong.append(" log ").append(tried);
        }
        return wrong.isEmpty() ? "" : one.model() + ":" + wrong;
    }

    /** The broken one failed each time it was asked; the good one answered, last. */
    private static boolean isRight(Case one, List<Tried> tried) {
        long failed = tried.stream().filter(step -> step.outcome() == Outcome.FAILED).count();
        boolean answered = tried.getLast().outcome() == Outcome.ANSWERED;
        if (one.alone()) {
            return failed == tried.size() && failed >= 1 && failed <= 2;
        }
        boolean mayBeSecond = one.strategy() == Strategy.PEAK_EWMA;
        return answered
                && tried.getLast().attempt().model().equals("good")
                && (failed == 1 && tried.size() == 2 || mayBeSecond && tried.size() == 1);
    }

    private static RequestId request(Answer answer) {
        return answer.head()
                .lines()
                .filter(line -> line.startsWith("x-request-id:"))
                .map(line -> RequestId.of(line.substring(13).strip()))
                .findFirst()
                .orElseThrow();
    }
}
