package com.neuralrouter.server.policy;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Where a request would go, as far as policies ask: what the site's administrators declared of a
 * provider. What nobody declared satisfies no rule that asks for it.
 *
 * @param jurisdiction a name of {@link Jurisdictions}; null if not declared
 * @param region the provider's own name for a place, as in {@code eu-central-1}; null if not
 *     declared
 * @param trainsOnData whether it may train models on what it is sent
 * @param retention how long it keeps content; null if not declared
 * @param within what the jurisdiction stands for; empty if not declared
 */
public record Destination(
        String provider,
        @Nullable String jurisdiction,
        @Nullable String region,
        boolean trainsOnData,
        @Nullable Retention retention,
        Set<String> within) {

    public Destination {
        within = Set.copyOf(within);
    }

    /** What was declared. Throws {@link IllegalArgumentException} for an unknown jurisdiction. */
    public static Destination of(
            String provider,
            @Nullable String jurisdiction,
            @Nullable String region,
            @Nullable Boolean trainsOnData,
            @Nullable Retention retention) {
        boolean here = Jurisdictions.ON_PREM.equals(jurisdiction);
        return new Destination(
                provider,
                jurisdiction,
                region,
                trainsOnData == null ? !here : trainsOnData,
                retention == null && here ? Retention.ZERO : retention,
                jurisdiction == null ? Set.of() : Jurisdictions.members(jurisdiction));
    }

    /** A provider of which nothing is declared. */
    public static Destination undeclared(String provider) {
        return of(provider, null, null, null, null);
    }

    /** How long it keeps content, as text; null if not declared. */
    public @Nullable String keeps() {
        return retention == null ? null : retention.toString();
    }

    /** Whether it says of training what its jurisdiction lets assume. */
    public boolean trainsAsAssumed() {
        return trainsOnData != onPremises();
    }

    /** Whether it says of retention what its jurisdiction lets assume. */
    public boolean keepsAsAssumed() {
        return onPremises() ? Retention.ZERO.equals(retention) : retention == null;
    }

    boolean onPremises() {
        return Jurisdictions.ON_PREM.equals(jurisdiction);
    }

    boolean isIn(Set<String> regions) {
        return region != null && regions.contains(region);
    }

    boolean keepsAtMost(Retention most) {
        return retention != null && retention.compareTo(most) <= 0;
    }

    /** Whether all that its jurisdiction stands for is in the reach. */
    boolean isWithin(Set<String> reach) {
        return !within.isEmpty() && reach.containsAll(within);
    }
}
