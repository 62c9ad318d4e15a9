package com.neuralrouter.server.inference;

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
import com.neuralrouter.server.usage.RequestCost;
import com.neuralrouter.server.usage.TokenCounts;

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
 * A large site's limits and routes, and requests that are planned and let in by them: 1,000 routes
 * of four upstreams and 100,000 keys, all of which have limits, their workspaces and the site too.
 */
final class LargeSite {
    static final LimitsDocument WIDE = new LimitsDocument(50_000_000, null, 1_000);
    static final LimitsDocument WIDE_TOKENS = new LimitsDocument(50_000_000, 50_000_000, 1_000);

    private static final int ROUTES = 1_000;
    private static final int WORKSPACES = 100;
    private static final int KEYS = 1_000; // in each

    private static final List<String> KEY_NAMES =
            IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
    private static final Price PRICE = new Price(120_000, 480_000);

    private final LimitBook limits = new LimitBook(System::nanoTime);
    private final BudgetBook budgets = new BudgetBook();
    private final Admissions admissions = new Admissions();
    private final RoutePlanner planner =
            new RoutePlanner(new UpstreamHealth(Clock.systemUTC()), new ProviderStandings());
    private final List<Route> routes =
            IntStream.range(0, ROUTES).mapToObj(LargeSite::route).toList();
    private final Allowances allowances;

    /**
     * @param each the limits of everything
     * @param withBudgets whether everything has a budget as well
     */
    LargeSite(LimitsDocument each, boolean withBudgets) {
        this.allowances = allowances(each, withBudgets);
    }

    /** Plans a request of one of the keys, lets it in, and settles what it used. */
    void serve(InferenceRequest request, int number) {
        Route route = routes.get(number % ROUTES);
        RoutePlan plan = plan(route, number);
        Admission admission =
                admissions.admit(
                        allowances.to(
                                workspace(number % WORKSPACES),
                                KEY_NAMES.get(number % KEYS),
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
        admission.settle(new TokenCounts(5, 5, false), new RequestCost(10, "", ""));
    }

    /** A chat with a text of about that length. */
    static InferenceRequest request(int bytes) {
        String text = "The quick brown fox jumps over the lazy dog. ".repeat(bytes / 45 + 1);
        String body =
                "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(text);
        return OpenAiChat.chat().read("application/json", body.getBytes(UTF_8));
    }

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
}
