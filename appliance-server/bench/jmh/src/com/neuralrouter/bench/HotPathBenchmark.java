package com.neuralrouter.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.apikey.ApiKeyFormat;
import com.neuralrouter.server.apikey.ApiKeyFormat.GeneratedKey;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.identity.ApiKeyAuthenticator;
import com.neuralrouter.server.identity.Authentication;
import com.neuralrouter.server.identity.PresentedCredentials;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.route.ProviderStandings;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.KeyEntry;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What a request costs on its way, part by part: its body read and made ready for a provider, its
 * key looked up among ten thousand, its route planned, and a piece of its answer passed on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPathBenchmark {
    private static final int KEYS = 10_000;
    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(0, 1));

    private final Dialect chat = Dialects.all().at("/v1/chat/completions").orElseThrow();
    private final byte[] body =
            """
            {"model":"m","stream":true,"temperature":0.2,"max_tokens":500,"messages":[
            {"role":"system","content":"You answer in one sentence."},
            {"role":"user","content":"%s"}]}
            """
                    .formatted("All work and no play makes Jack a dull boy. ".repeat(40))
                    .getBytes(UTF_8);

    private final ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator(Clock.systemUTC());
    private final GeneratedKey key = ApiKeyFormat.generate(new SecureRandom());
    private final GatewaySnapshot snapshot = snapshot();
    private final PresentedCredentials presented =
            new PresentedCredentials(List.of("Bearer " + key.text()), List.of());

    private final RoutePlanner planner =
            new RoutePlanner(new UpstreamHealth(Clock.systemUTC()), new ProviderStandings());
    private final Route route = route();
    private final RouteFacts facts =
            new RouteFacts(
                    7,
                    "chat_completions",
                    new RouteFacts.Who("id", "app", "research"),
                    new RouteFacts.Traits(true, false, false, 450, 0),
                    Map.of());

    private final byte[] chunk =
            ("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                            + "\" token\"},\"finish_reason\":null}]}\n\n")
                    .getBytes(UTF_8);
    private final UsageObserver observer = UsageObserver.ofStreamWithoutUsageChunk();
    private long passed;

    /** Strictly, whole, with the model's name at the provider put in. */
    @Benchmark
    public Payload parse() {
        InferenceRequest request = chat.read("application/json", body);
        return request.verbatim("model/at-the-provider", OptionalInt.empty());
    }

    @Benchmark
    public Authentication checkKey() {
        return authenticator.authenticate(snapshot, presented);
    }

    /** Of four upstreams. */
    @Benchmark
    public RoutePlan plan() {
        return planner.plan(route, facts, _ -> null, _ -> true);
    }

    /** Its tokens are counted, and an event with nothing but the usage would be taken out. */
    @Benchmark
    public long passChunk() throws IOException {
        observer.pass(chunk, 0, chunk.length, (bytes, at, length) -> passed += length);
        return passed;
    }

    private GatewaySnapshot snapshot() {
        var keys = new HashMap<String, KeyEntry>();
        var random = new SecureRandom();
        for (int i = 0; i < KEYS; i++) {
            GeneratedKey other = i == 0 ? key : ApiKeyFormat.generate(random);
            keys.put(
                    other.kid(),
                    new KeyEntry(
                            new ApiKeyId(new UUID(1, i)),
                            "app-" + i,
                            WORKSPACE,
                            other.reference(),
                            Long.MAX_VALUE,
                            false));
        }
        return new GatewaySnapshot(1, keys, Map.of(), Map.of());
    }

    private static Route route() {
        List<Route.Upstream> upstreams =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                new Route.Upstream(
                                        new Endpoint(
                                                new ProviderId(new UUID(2, i)),
                                                "p" + i,
                                                ProviderKind.OPENAI,
                                                URI.create("https://p" + i + ".test/v1"),
                                                Provider.Authentication.NONE,
                                                null),
                                        "model"))
                        .toList();
        return new Route(
                new RouteId(new UUID(3, 3)),
                "r",
                "m",
                0,
                upstreams,
                new Route.Ways(Strategy.PRIORITY, List.of(), 0));
    }
}
