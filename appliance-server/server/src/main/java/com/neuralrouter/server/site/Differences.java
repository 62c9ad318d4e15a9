package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.policy.PolicyDifferences;

import org.jspecify.annotations.Nullable;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What is different between two versions of one thing, field by field, as a person reads it: {@code
 * baseUrl: http://a/v1 → http://b/v1}. A field that the wanted version leaves out and that has a
 * default is compared by its default; one that has none is no difference.
 */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    static List<String> of(ProviderDocument before, ProviderDocument after) {
        return words(ProviderFields.differences(before, after));
    }

    /** Description and state only; a workspace's contents are compared one by one. */
    static List<String> of(WorkspaceDocument before, WorkspaceDocument after) {
        var differences = new Differences();
        if (after.description() != null) {
            differences.compare(
                    "description",
                    Objects.requireNonNullElse(before.description(), ""),
                    after.description());
        }
        if (after.state() != null) {
            differences.compare("state", before.state(), after.state());
        }
        return List.copyOf(differences.found);
    }

    /** All but the secret. */
    static List<String> of(CredentialDocument before, CredentialDocument after) {
        var differences = new Differences();
        if (after.label() != null) {
            differences.compare(
                    "label", Objects.requireNonNullElse(before.label(), ""), after.label());
        }
        return List.copyOf(differences.found);
    }

    /** A document that names no time leaves it: no key lives longer because a line is missing. */
    static List<String> of(ApiKeyDocument before, ApiKeyDocument after) {
        var differences = new Differences();
        if (after.expiresAt() != null) {
            differences.compare(
                    "expiresAt",
                    before.expiresAt(),
                    after.expiresAt().truncatedTo(ChronoUnit.MICROS));
        }
        return List.copyOf(differences.found);
    }

    static List<String> of(RouteDocument before, RouteDocument after) {
        var differences = new Differences();
        differences.compare("model", before.model(), after.model());
        if (!Set.copyOf(before.workspaces()).equals(Set.copyOf(after.workspaces()))) {
            differences.compare("workspaces", before.workspaces(), after.workspaces());
        }
        differences.compare("upstreams", upstreams(before), upstreams(after));
        differences.compare("strategy", strategy(before), strategy(after));
        differences.compareSets("headers", headers(before), headers(after));
        differences.compare(
                "hedgeAfterMillis", before.hedgeAfterMillis(), after.hedgeAfterMillis());
        differences.compare("totalMillis", before.totalMillis(), after.totalMillis());
        return List.copyOf(differences.found);
    }

    static List<String> of(PolicyDocument before, PolicyDocument after) {
        return words(PolicyDifferences.of(before, after));
    }

    private static Strategy strategy(RouteDocument route) {
        return Objects.requireNonNullElse(route.strategy(), Strategy.PRIORITY);
    }

    private static List<String> headers(RouteDocument route) {
        return Objects.requireNonNullElse(route.headers(), List.of());
    }

    private static List<String> upstreams(RouteDocument route) {
        return route.upstreams().stream().map(upstream -> upstream(route, upstream)).toList();
    }

    /** With what is not as it is where nothing is said. */
    private static String upstream(RouteDocument route, UpstreamDocument upstream) {
        var text = new StringBuilder(upstream.provider());
        text.append('/').append(Objects.requireNonNullElse(upstream.model(), route.model()));
        if (upstream.use() != null && upstream.use() != Use.ALWAYS) {
            text.append(' ').append(upstream.use().name().toLowerCase(Locale.ROOT));
        }
        if (upstream.percent() != null && upstream.percent() != 0) {
            text.append(' ').append(upstream.percent()).append('%');
        }
        if (upstream.weight() != null && upstream.weight() != 1) {
            text.append(" weight ").append(upstream.weight());
        }
        if (upstream.when() != null) {
            text.append(" when ").append(upstream.when());
        }
        PriceDocument price = upstream.price();
        if (price != null) {
            text.append(" price ")
                    .append(price.inputPerMillion().stripTrailingZeros().toPlainString())
                    .append('/')
                    .append(price.outputPerMillion().stripTrailingZeros().toPlainString());
        }
        return text.toString();
    }

    private void compareSets(
            String field, @Nullable List<String> before, @Nullable List<String> after) {
        boolean same =
                before == null || after == null
                        ? before == after
                        : Set.copyOf(before).equals(Set.copyOf(after));
        if (!same) {
            compare(field, before, after);
        }
    }

    private void compare(String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            found.add(new ChangedField(field, plain(before), plain(after)).words());
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value;
    }

    private static List<String> words(List<ChangedField> fields) {
        return fields.stream().map(ChangedField::words).toList();
    }
}
