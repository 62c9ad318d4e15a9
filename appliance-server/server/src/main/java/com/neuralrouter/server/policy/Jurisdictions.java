package com.neuralrouter.server.policy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names under which a policy or a provider says where data is: a country by its code (ISO
 * 3166-1 alpha-2), a group of countries, or {@link #ON_PREM}. A group stands for all its members: a
 * provider that says {@code EU} may be in any of them.
 */
public final class Jurisdictions {
    /** The site's own premises: what goes there goes to no jurisdiction that it is not in. */
    public static final String ON_PREM = "on-prem";

    /** Members of the European Union since 2020-02-01 (Treaty on European Union, article 52). */
    private static final Set<String> EU =
            Set.of(
                    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR",
                    "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI",
                    "SK");

    /** With the EFTA states of the Agreement on the European Economic Area. */
    private static final Set<String> EEA =
            Stream.concat(EU.stream(), Stream.of("IS", "LI", "NO"))
                    .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Set<String>> GROUPS = Map.of("EU", EU, "EEA", EEA);

    private static final Set<String> COUNTRIES =
            Arrays.stream(Locale.getISOCountries()).collect(Collectors.toUnmodifiableSet());

    private Jurisdictions() {}

    /** Throws {@link IllegalArgumentException} that says what there is. */
    public static void demand(String name) {
        if (!name.equals(ON_PREM) && !GROUPS.containsKey(name) && !COUNTRIES.contains(name)) {
            throw new IllegalArgumentException(
                    "must be on-prem, EU, EEA or a country's code as in DE (ISO 3166-1 alpha-2)");
        }
    }

    /** The countries that the name stands for, or {@link #ON_PREM} alone. */
    public static Set<String> members(String name) {
        demand(name);
        return GROUPS.getOrDefault(name, Set.of(name));
    }

    /** All that the names stand for, and the premises. */
    static Set<String> reach(Set<String> names) {
        var reach = new HashSet<String>();
        names.forEach(name -> reach.addAll(members(name)));
        reach.add(ON_PREM);
        return Set.copyOf(reach);
    }
}
