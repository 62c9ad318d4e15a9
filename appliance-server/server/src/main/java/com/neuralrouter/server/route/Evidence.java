package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Breach;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in a sentence which promise is broken, by how much, and out of how many requests. */
final class Evidence {
    private Evidence() {}

    static String of(List<Breach> breaches, WindowSums sums, Sla sla) {
        return breaches.stream().map(Evidence::words).collect(Collectors.joining("; "))
                + "; "
                + sums.requests()
                + " requests within "
                + sla.windowMillis() / 1_000
                + " s";
    }

    private static String words(Breach breach) {
        return switch (breach.measure()) {
            case AVAILABILITY ->
                    "%s %% answered, %s %% promised"
                            .formatted(percent(breach.observed()), percent(breach.promised()));
            case ERRORS ->
                    "%s %% errors, %s %% promised at the most"
                            .formatted(percent(breach.observed()), percent(breach.promised()));
            case FIRST_TOKEN_MILLIS ->
                    "first token within %d ms for 95 %%, %d ms promised"
                            .formatted(breach.observed(), breach.promised());
            case TOKENS_PER_SECOND ->
                    "%d tokens a second, %d promised"
                            .formatted(breach.observed(), breach.promised());
        };
    }

    private static String percent(long thousandths) {
        return String.format(Locale.ROOT, "%.1f", thousandths / 10.0);
    }
}
