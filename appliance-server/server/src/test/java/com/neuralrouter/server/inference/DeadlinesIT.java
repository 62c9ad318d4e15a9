package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.Endpoint.Patience;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.Terms;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines that a site declares for a provider and for a route, each against a provider that
 * would keep an app waiting for ever; the appliance's own are a minute.
 */
class DeadlinesIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SHORT = 300;
    private static final int LATEST = 4_000;

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway(100, new UpstreamTimeouts(MINUTE, MINUTE, MINUTE, MINUTE), MINUTE);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private void route(URI url, Patience patience, int attemptMillis, int totalMillis) {
        var endpoint =
                new Endpoint(
                        TestRoutes.provider("slow"),
                        "slow",
                        ProviderKind.OPENAI,
                        url,
                        Authentication.NONE,
                        null,
                        Destination.undeclared("slow"),
                        Set.of(),
                        new Endpoint.Options(Set.of(), "", patience));
        Terms terms =
                new Terms(
                        Terms.UNDECLARED.capacity(),
                        attemptMillis,
                        null,
                        Terms.UNDECLARED.probing());
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                new Route.Ways(Strategy.PRIORITY, List.of(), 0, totalMillis),
                                new Route.Upstream(endpoint, "m", Choice.PLAIN, terms))));
    }

    /** The answer, which must be here soon. */
    private Answer answer(String more) throws IOException {
        long began = System.nanoTime();
        Answer answer = Answer.toChat(gateway, Answer.body("m", more));
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertThat(took).as("milliseconds").isBetween((long) SHORT, (long) LATEST);
        return answer;
    }

    private static FakeUpstream.Behaviour beginning(FakeUpstream.Behaviour then) {
        return x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                            + "content-length: 100000\r\n\r\n{");
            then.serve(x);
        };
    }

    @Test
    void aProviderThatMakesNoConnectionIsLeft() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            route(
                    URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/v1"),
                    new Patience(SHORT, 0, 0),
                    0,
                    0);

            Answer answer = answer("");

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("the connection was not made in time");
        }
    }

    @Test
    void aProviderThatBeginsNoAnswerIsLeft() throws IOException {
        gateway.first.always(FakeUpstream.hang());
        route(gateway.first.baseUrl(), new Patience(0, SHORT, 0), 0, 0);

        Answer answer = answer("");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("the provider began no answer in time");
    }

    @Test
    void aHeadThatDripsIsNoBeginning() throws IOException {
        gateway.first.always(x -> x.drip("HTTP/1.1 200 OK\r\nx-slow: " + "y".repeat(900), 50));
        route(gateway.first.baseUrl(), new Patience(0, SHORT, 0), 0, 0);

        assertThat(answer("").status()).isEqualTo(504);
    }

    @Test
    void anAnswerThatStopsIsLeft() throws IOException {
        gateway.first.always(beginning(FakeUpstream.Exchange::awaitLeave));
        route(gateway.first.baseUrl(), new Patience(0, 0, SHORT), 0, 0);

        Answer answer = answer("");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("the answer stopped coming");
    }

    @Test
    void aStreamThatStopsEndsWithAnErrorEvent() throws IOException {
        gateway.first.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            x.chunk("data: {\"choices\":[]}\n\n");
            x.awaitLeave();
        });
        route(gateway.first.baseUrl(), new Patience(0, 0, SHORT), 0, 0);

        Answer answer = answer(",\"stream\":true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("upstream_failed");
    }

    @Test
    void anAnswerThatDripsHasAnEnd() throws IOException {
        gateway.first.always(beginning(x -> x.drip("x".repeat(90_000), 40)));

        route(gateway.first.baseUrl(), Patience.USUAL, SHORT, 0);
        assertThat(answer("").status()).as("by the attempt's time").isEqualTo(504);

        route(gateway.first.baseUrl(), Patience.USUAL, 0, SHORT);
        assertThat(answer("").status()).as("by the route's time").isEqualTo(504);
    }

    @Test
    void anotherProviderIsAskedInTheTimeThatIsLeft() throws IOException {
        gateway.first.always(FakeUpstream.hang());
        gateway.second.always(FakeUpstream.json("{\"choices\":[],\"by\":\"second\"}"));
        Endpoint slow =
                TestRoutes.endpoint(
                        "slow",
                        gateway.first,
                        Destination.undeclared("slow"),
                        new Endpoint.Options(Set.of(), "", new Patience(0, SHORT, 0)));
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY),
                                new Route.Upstream(slow, "m", Choice.PLAIN, Terms.UNDECLARED),
                                TestRoutes.upstream("well", gateway.second))));

        assertThat(answer("").json().path("by").asString()).isEqualTo("second");
    }
}
