package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.Route.Ways;
import com.neuralrouter.server.route.condition.Condition;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A route as it lies in the store.
 *
 * @param allWorkspaces whether every workspace may use it, the future ones too
 * @param workspaces those that may use it otherwise; empty if all may
 * @param upstreams in the order in which they are tried
 */
public record StoredRoute(
        RouteId id,
        String name,
        String model,
        boolean allWorkspaces,
        Set<WorkspaceId> workspaces,
        List<StoredUpstream> upstreams,
        Options options,
        Instant createdAt) {

    public StoredRoute {
        workspaces = Set.copyOf(workspaces);
        upstreams = List.copyOf(upstreams);
    }

    /** One place it leads to, with the model's name there. */
    public record StoredUpstream(ProviderId provider, String model, UpstreamOptions options) {}

    /**
     * What a document may say about a route as a whole; what it does not say is null. Stored as
     * JSON with the members in this order.
     */
    public record Options(
            @Nullable Strategy strategy,
            @Nullable List<String> headers,
            @Nullable Integer hedgeAfterMillis,
            @Nullable Integer totalMillis) {
        static final Options NONE = new Options(null, null, null, null);

        public Options {
            headers = headers == null ? null : List.copyOf(headers);
        }

        Ways ways() {
            return new Ways(
                    Objects.requireNonNullElse(strategy, Strategy.PRIORITY),
                    Objects.requireNonNullElse(headers, List.of()),
                    Objects.requireNonNullElse(hedgeAfterMillis, 0),
                    Objects.requireNonNullElse(totalMillis, 0));
        }
    }

    /** The same about one of its upstreams. */
    public record UpstreamOptions(
            @Nullable Integer weight,
            @Nullable String when,
            @Nullable Use use,
            @Nullable Integer percent,
            @Nullable PriceDocument price) {
        static final UpstreamOptions NONE = new UpstreamOptions(null, null, null, null, null);
        private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

        /**
         * @param conditions compiles {@code when}
         */
        Choice choice(Function<String, Condition> conditions) {
            return new Choice(
                    Objects.requireNonNullElse(use, Use.ALWAYS),
                    Objects.requireNonNullElse(weight, 1),
                    Objects.requireNonNullElse(percent, 0),
                    when == null ? null : conditions.apply(when),
                    price == null
                            ? null
                            : new Choice.Price(
                                    micros(price.inputPerMillion()),
                                    micros(price.outputPerMillion())));
        }

        private static long micros(BigDecimal amount) {
            return amount.multiply(MICROS).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        }
    }

    /**
     * As the inference plane works by it.
     *
     * @param providers knows every provider
     */
    public Route compiled(Function<ProviderId, StoredProvider> providers) {
        Ways ways = options.ways();
        return new Route(
                id,
                name,
                model,
                createdAt.getEpochSecond(),
                upstreams.stream()
                        .map(upstream ->
                                compiled(upstream, providers.apply(upstream.provider()), ways))
                        .toList(),
                ways);
    }

    private static Route.Upstream compiled(
            StoredUpstream upstream, StoredProvider provider, Ways ways) {
        return new Route.Upstream(
                provider.endpoint(),
                upstream.model(),
                upstream.options().choice(text -> Condition.compile(text, ways.headers())),
                Terms.of(provider.service()));
    }

    public boolean grants(WorkspaceId workspace) {
        return allWorkspaces || workspaces.contains(workspace);
    }

    /** Whether a workspace could use both under the same model name. */
    boolean collidesWith(StoredRoute other) {
        return model.equals(other.model)
                && (allWorkspaces
                        || other.allWorkspaces
                        || workspaces.stream().anyMatch(other.workspaces::contains));
    }
}
