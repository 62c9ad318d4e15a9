package com.neuralrouter.server.usage;

import org.jspecify.annotations.Nullable;

/**
 * Where a request was sent, as the site declares it, by which version of the policies it was let go
 * there, and which guardrails acted on it.
 *
 * @param jurisdiction of each provider that was asked, in that order, separated by blanks; {@code
 *     undeclared} where it is; empty if nobody was asked
 * @param region in the same way, without those that are not declared
 * @param policy the hash of the policies that decided; empty if none did
 * @param guardrails which acted, and how often, as in {@code email:mask=2}; empty if none did
 */
public record Residency(String jurisdiction, String region, String policy, String guardrails) {
    private static final String UNDECLARED = "undeclared";

    /** It was sent nowhere, and no policy was asked. */
    public static final Residency NONE = new Residency("", "", "");

    /** One that no guardrail acted on. */
    public Residency(String jurisdiction, String region, String policy) {
        this(jurisdiction, region, policy, "");
    }

    public Residency decidedBy(String policyHash) {
        return new Residency(jurisdiction, region, policyHash, guardrails);
    }

    /** With one more place that it was sent to. */
    public Residency sentTo(@Nullable String itsJurisdiction, @Nullable String itsRegion) {
        return new Residency(
                with(jurisdiction, itsJurisdiction == null ? UNDECLARED : itsJurisdiction),
                itsRegion == null ? region : with(region, itsRegion),
                policy,
                guardrails);
    }

    /** With the guardrails that acted on it. */
    public Residency actedOn(String acted) {
        return new Residency(jurisdiction, region, policy, acted);
    }

    private static String with(String places, String place) {
        if (places.isEmpty() || places.equals(place)) {
            return place;
        }
        boolean known = (" " + places + " ").contains(" " + place + " ");
        return known ? places : places + " " + place;
    }
}
