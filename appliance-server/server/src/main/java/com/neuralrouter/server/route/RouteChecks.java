package com.neuralrouter.server.route;

import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.route.StoredRoute.Options;
import com.neuralrouter.server.route.StoredRoute.UpstreamOptions;
import com.neuralrouter.server.route.condition.Condition;
import com.neuralrouter.server.route.condition.ConditionRefused;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a document may say about a route's ways, and what becomes of it in the store. */
public final class RouteChecks {
    private static final int HEADERS = 16;
    private static final int HEAVIEST = 1_000_000;
    private static final int LATEST_HEDGE = 600_000;
    private static final int LONGEST_TOTAL = 3_600_000;
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000_000);
    private static final Pattern HEADER = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Set<String> SECRET_HEADERS =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "api-key",
                    "x-api-key",
                    "x-goog-api-key",
                    "x-amz-security-token",
                    "x-auth-token",
                    "cookie");

    private RouteChecks() {}

    /** Told what is wrong, with the field's path below the route. */
    @FunctionalInterface
    public interface Findings {
        void wrong(String field, String message);
    }

    /** Throws {@link AdminRefused} with the first thing that is wrong. */
    static void demand(RouteDocument route) {
        wrong(
                route,
                (field, message) -> {
                    throw AdminRefused.field(field, message);
                });
    }

    /** Tells all that is wrong with what the route says beyond where it leads. */
    public static void wrong(RouteDocument route, Findings findings) {
        List<String> headers = Objects.requireNonNullElse(route.headers(), List.of());
        if (headers.size() > HEADERS) {
            findings.wrong("headers", "must be at most " + HEADERS);
        }
        for (int i = 0; i < headers.size(); i++) {
            header("headers[" + i + "]", headers.get(i), findings);
        }
        number("hedgeAfterMillis", route.hedgeAfterMillis(), LATEST_HEDGE, findings);
        number("totalMillis", route.totalMillis(), LONGEST_TOTAL, findings);
        int percents = 0;
        boolean plain = route.upstreams().isEmpty();
        for (int i = 0; i < route.upstreams().size(); i++) {
            UpstreamDocument upstream = route.upstreams().get(i);
            upstream("upstreams[" + i + "].", upstream, headers, findings);
            Use use = Objects.requireNonNullElse(upstream.use(), Use.ALWAYS);
            plain |= use == Use.ALWAYS;
            percents += use == Use.CANARY ? Objects.requireNonNullElse(upstream.percent(), 0) : 0;
        }
        if (!plain) {
            findings.wrong("upstreams", "must have one that is there for every request");
        }
        if (percents > 100) {
            findings.wrong("upstreams", "have canaries for more than 100 percent together");
        }
    }

    private static void header(String path, @Nullable String name, Findings findings) {
        if (name == null || !HEADER.matcher(name).matches()) {
            findings.wrong(path, "must be the name of a header in lower case, as in x-tier");
        } else if (SECRET_HEADERS.contains(name)) {
            findings.wrong(path, "'" + name + "' carries a secret; conditions can't look at it");
        }
    }

    private static void upstream(
            String path, UpstreamDocument upstream, List<String> headers, Findings findings) {
        number(path + "weight", upstream.weight(), HEAVIEST, findings);
        number(path + "percent", upstream.percent(), 100, findings);
        Use use = Objects.requireNonNullElse(upstream.use(), Use.ALWAYS);
        boolean shares = use == Use.CANARY || use == Use.SHADOW;
        if (shares && upstream.percent() == null) {
            findings.wrong(path + "percent", "is missing: how many of all requests, 1 to 100");
        } else if (!shares && upstream.percent() != null) {
            findings.wrong(path + "percent", "is for a canary or a shadow only");
        }
        if (upstream.when() != null) {
            try {
                Condition.compile(upstream.when(), headers);
            } catch (ConditionRefused refused) {
                findings.wrong(path + "when", refused.reason());
            }
        }
        PriceDocument price = upstream.price();
        if (price != null) {
            amount(path + "price.inputPerMillion", price.inputPerMillion(), findings);
            amount(path + "price.outputPerMillion", price.outputPerMillion(), findings);
        }
    }

    private static void number(
            String path, @Nullable Integer value, int largest, Findings findings) {
        if (value != null && (value < 1 || value > largest)) {
            findings.wrong(path, "must be from 1 to " + largest);
        }
    }

    private static void amount(String path, @Nullable BigDecimal amount, Findings findings) {
        if (amount == null
                || amount.signum() < 0
                || amount.compareTo(DEAREST) >= 0
                || amount.scale() > 6) {
            findings.wrong(path, "must be an amount of at most six decimal places");
        }
    }

    static Options options(RouteDocument route) {
        return new Options(
                route.strategy(), route.headers(), route.hedgeAfterMillis(), route.totalMillis());
    }

    static UpstreamOptions options(UpstreamDocument upstream) {
        return new UpstreamOptions(
                upstream.weight(),
                upstream.when(),
                upstream.use(),
                upstream.percent(),
                upstream.price());
    }
}
