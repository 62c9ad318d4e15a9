package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.budget.Account;
import com.neuralrouter.server.budget.BudgetBook;
import com.neuralrouter.server.budget.Price;
import com.neuralrouter.server.budget.StoredBudget;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.dialect.OpenAiChat;
import com.neuralrouter.server.dialect.RateHeaders;
import com.neuralrouter.server.limit.LimitBook;
import com.neuralrouter.server.limit.Limits;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.limit.TokenEstimate;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.ProviderStandings;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.Terms;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.Allowances;
import com.neuralrouter.server.usage.TokenCounts;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What planning and limiting cost together at 1,000 routes of four upstreams and 100,000 keys, all
 * of which have limits, their workspaces and the site too; and what counting the tokens of a
 * request adds, which only a site with limits on tokens, or budgets, pays for.
 */
class AdmissionCostTest {
    private static final int ROUTES = 1_000;
    private static final int WORKSPACES = 100;
    private static final int KEYS = 1_000; // in each
    private static final int ROUNDS = 30;
    private static final int REQUESTS = 10_000;

    private static final LimitsDocument WIDE = new LimitsDocument(50_000_000, null, 1_000);
    private static final LimitsDocument WIDE_TOKENS =
            new LimitsDocument(50_000_000, 50_000_000, 1_000);
    private static final List<String> KEY_NAMES =
            IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
    private static final Price PRICE = new Price(120_000, 480_000);

    private final LimitBook limits = new LimitBook(System::nanoTime);
    private final BudgetBook budgets = new BudgetBook();
    private final TokenEstimate estimate = new TokenEstimate();
    private final RoutePlanner planner =
            new RoutePlanner(new UpstreamHealth(Clock.systemUTC()), new ProviderStandings());

    private static WorkspaceId workspace(int number) {
        return new WorkspaceId(new UUID(7, number));
    }

    private static Route route(int number) {
        List<Route.Upstream> upstreams =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                new Route.Upstream(
                                        new Endpoint(
                                                new ProviderId(new UUID(number, i)),
                                                "p" + i,
                                                ProviderKind.OPENAI,
                                                URI.create("http://127.0.0.1:8000/v1"),
                                                Authentication.NONE,
                                                null,
                                                Destination.undeclared("p" + i),
                                                Set.of(),
                                                Endpoint.Options.NONE),
                                        "model",
                                        Choice.PLAIN,
                                        Terms.UNDECLARED))
                        .toList();
        return new Route(
                new RouteId(new UUID(1, number)),
                "r" + number,
                "m" + number,
                0,
                upstreams,
                new Route.Ways(Strategy.PEAK_EWMA, List.of(), 0));
    }

    private Allowances allowances(LimitsDocument each, boolean withBudgets) {
        Map<Subject, Limits> byLimits = new HashMap<>();
        Map<Subject, List<Account>> byBudgets = new HashMap<>();
        var document =
                new BudgetDocument(
                        "month", null, null, BigDecimal.valueOf(900_000_000), null, null);
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.SITE);
        for (int i = 0; i < WORKSPACES; i++) {
            subjects.add(Subject.workspace(workspace(i)));
            for (int j = 0; j < KEYS; j++) {
                subjects.add(Subject.key(workspace(i), KEY_NAMES.get(j)));
            }
        }
        int number = 0;
        for (Subject subject : subjects) {
            byLimits.put(subject, limits.put(subject, each));
            if (withBudgets) {
                byBudgets.put(
                        subject,
                        List.of(
                                budgets.put(
                                        new StoredBudget(
                                                new UUID(8, number++),
                                                subject,
                                                document,
                                                Instant.EPOCH))));
            }
        }
        for (int i = 0; i < ROUTES; i++) {
            byLimits.put(Subject.route("r" + i), limits.put(Subject.route("r" + i), each));
        }
        return new Allowances(byLimits, byBudgets);
    }

    private static InferenceRequest request(int bytes) {
        String text = "The quick brown fox jumps over the lazy dog. ".repeat(bytes / 45 + 1);
        String body =
                "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(text);
        return OpenAiChat.chat().read("application/json", body.getBytes(UTF_8));
    }

    @Test
    void planningAndLimitingTogetherAreBelowTenMicroseconds() {
        double micros = measured(allowances(WIDE, false), request(2_000), REQUESTS);

        say("planning and limiting, 1,000 routes, 100,000 keys: %.0f ns a request", micros * 1e3);
        assertThat(micros).isLessThan(10);
    }

    @Test
    void withBudgetsAndTokensTheRestIsTheCountingOfTheText() {
        Allowances all = allowances(WIDE_TOKENS, true);
        double empty = measured(all, request(1), REQUESTS);
        estimate.warm();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (estimate.of("a b c d e f g h".getBytes(UTF_8)) < 8 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        double large = measured(all, request(4_000), REQUESTS / 100);

        say("with limits on tokens and budgets, a text of nothing: %.0f ns", empty * 1e3);
        say("the same with a text of 4 kB, counted by its vocabulary: %.0f ns", large * 1e3);
        assertThat(empty).isLessThan(20);
        assertThat(large).isLessThan(2_000);
    }

    private double measured(Allowances allowances, InferenceRequest request, int requests) {
        var admissions = new Admissions(estimate);
        List<Route> routes = IntStream.range(0, ROUTES).mapToObj(AdmissionCostTest::route).toList();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long began = processorTime();
            for (int i = 0; i < requests; i++) {
                Route route = routes.get(i % ROUTES);
                RoutePlan plan = plan(route, i);
                Admission admission =
                        admissions.admit(
                                allowances.to(
                                        workspace(i % WORKSPACES),
                                        KEY_NAMES.get(i % KEYS),
                                        route.name()),
                                new Admissions.Asked(
                                        Operation.CHAT_COMPLETIONS,
                                        request,
                                        OptionalInt.empty(),
                                        plan,
                                        _ -> PRICE,
                                        1_800_000_000_000L),
                                RateHeaders.OPENAI,
                                (_, _) -> {});
                admission.settle(new TokenCounts(5, 5, false), 10);
            }
            best = Math.min(best, (processorTime() - began) / (double) requests / 1_000);
        }
        return best;
    }

    private RoutePlan plan(Route route, int number) {
        var facts =
                new RouteFacts(
                        number,
                        "chat",
                        new RouteFacts.Who("id", "app", "research"),
                        new RouteFacts.Traits(false, false, false, 900, number),
                        Map.of());
        return planner.plan(route, facts, _ -> null, _ -> true);
    }

    /** Of this thread alone: what else the machine does is not its cost. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String text, double value) {
        System.out.printf(text + "%n", value);
    }
}
