package com.neuralrouter.desktop.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which entries of the audit trail are looked for: the appliance searches, and says which term it
 * does not understand.
 *
 * @param terms what was asked for; blank ones are left out
 */
public record AuditSearch(Map<Term, String> terms) {
    /** No term: every entry. */
    public static final AuditSearch EVERYTHING = new AuditSearch(Map.of());

    /** The parameters of the contract, in its order. */
    public enum Term {
        /** The earliest time, included. */
        SINCE,
        /** The latest time, not included. */
        UNTIL,
        /** An actor's id. */
        ACTOR,
        /** A workspace's name. */
        WORKSPACE,
        /** An action, or its beginning up to a dot. */
        ACTION,
        /** A target, or its kind with the slash. */
        TARGET,
        /** DONE or REFUSED. */
        OUTCOME,
        /** A request's id. */
        REQUEST,
        /** What is somewhere in the entry. */
        TEXT;

        /** The parameter's name. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditSearch {
        var asked = new EnumMap<Term, String>(Term.class);
        terms.forEach((term, text) -> {
            if (!text.isBlank()) {
                asked.put(term, text.strip());
            }
        });
        terms = Map.copyOf(asked);
    }

    /** Whether nothing is left out. */
    public boolean isEverything() {
        return terms.isEmpty();
    }

    /** As the end of a query string: empty, or each term after an ampersand. */
    String query() {
        return terms.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(term ->
                        "&"
                                + term.getKey().wire()
                                + "="
                                + URLEncoder.encode(term.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
