package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.Route;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One of three upstreams fails three requests in ten, by chance: hardly any app notices, and the
 * providers get hardly more calls than there are requests.
 */
class UnreliableUpstreamIT {
    private static final int REQUESTS = 20_000;
    private static final int APPS = 16;
    private static final double FAILING = 0.3;
    private static final String ANSWER = "{\"choices\":[],\"usage\":{\"completion_tokens\":1}}";

    private final long seed = System.nanoTime();
    private final RandomGenerator chance =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private Gateway gateway;
    private FakeUpstream third;

    @BeforeEach
    void start() throws IOException {
        gateway =
                new Gateway(
                        200,
                        new UpstreamTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(30)),
                        Duration.ofSeconds(60));
        third = FakeUpstream.start();
        gateway.first.always(this::fail);
        gateway.second.always(this::serve);
        third.always(this::serve);
        gateway.routes(
                List.of(
                        new Route(
                                new RouteId(new UUID(0, 1)),
                                "r",
                                "m",
                                0,
                                List.of(
                                        upstream("a", gateway.first),
                                        upstream("b", gateway.second),
                                        upstream("c", third)),
                                new Route.Ways(Strategy.WEIGHTED, List.of(), 0))));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        third.close();
    }

    private static Route.Upstream upstream(String name, FakeUpstream at) {
        return new Route.Upstream(
                new Endpoint(
                        new ProviderId(new UUID(2, name.charAt(0))),
                        name,
                        ProviderKind.OPENAI,
                        at.baseUrl(),
                        Authentication.NONE,
                        null),
                "m");
    }

    private void serve(FakeUpstream.Exchange x) throws IOException, InterruptedException {
        calls.increment();
        FakeUpstream.json(ANSWER).serve(x);
    }

    private void fail(FakeUpstream.Exchange x) throws IOException, InterruptedException {
        boolean fails;
        synchronized (chance) {
            fails = chance.nextDouble() < FAILING;
        }
        if (fails) {
            calls.increment();
            failed.increment();
            FakeUpstream.status(500, "", "{}").serve(x);
        } else {
            serve(x);
        }
    }

    @Test
    void hardlyAnyAppNoticesAndNobodyIsFlooded() throws Exception {
        var left = new AtomicInteger(REQUESTS);
        var served = new LongAdder();
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://localhost:"
                                                + gateway.port()
                                                + "/v1/chat/completions"))
                        .header("authorization", "Bearer " + gateway.key.text())
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Answer.body("m", "")))
                        .build();
        try (HttpClient client =
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .sslContext(gateway.trust())
                                .build();
                var apps = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < APPS; i++) {
                apps.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
                        served.add(status == 200 ? 1 : 0);
                    }
                    return null;
                });
            }
        }

        double success = served.sum() / (double) REQUESTS;
        double perRequest = calls.sum() / (double) REQUESTS;
        System.getLogger("measured")
                .log(
                        System.Logger.Level.INFO,
                        "seed {0}: {1} of {2} requests served, {3} calls a request, {4} failed",
                        Long.toString(seed),
                        served.sum(),
                        REQUESTS,
                        perRequest,
                        failed.sum());
        assertThat(failed.sum()).as("failures of the provider").isPositive();
        assertThat(success).as("success, seed %d", seed).isGreaterThanOrEqualTo(0.999);
        assertThat(perRequest).as("calls a request, seed %d", seed).isLessThanOrEqualTo(1.2);
    }
}
