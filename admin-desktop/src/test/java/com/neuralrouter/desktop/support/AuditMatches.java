package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.client.AuditSearch;

import java.time.Instant;
import java.util.Locale;

/** What a {@link FakeAdminClient} finds when it is asked for entries. */
final class AuditMatches {
    private AuditMatches() {}

    /** As the appliance searches. */
    static boolean matches(AuditEntry entry, AuditSearch search) {
        return search.terms().entrySet().stream()
                .allMatch(term -> matches(entry, term.getKey(), term.getValue()));
    }

    private static boolean matches(AuditEntry entry, AuditSearch.Term term, String wanted) {
        return switch (term) {
            case SINCE -> !entry.at().isBefore(Instant.parse(wanted));
            case UNTIL -> entry.at().isBefore(Instant.parse(wanted));
            case ACTOR -> entry.actor().id().equals(wanted);
            case WORKSPACE -> wanted.equals(entry.workspace());
            case ACTION -> begins(entry.action(), wanted, ".");
            case TARGET -> begins(entry.target(), wanted, "/");
            case OUTCOME -> entry.outcome().name().equals(wanted);
            case REQUEST -> entry.requestId().equals(wanted);
            case TEXT ->
                    entry.toString()
                            .toLowerCase(Locale.ROOT)
                            .contains(wanted.toLowerCase(Locale.ROOT));
        };
    }

    private static boolean begins(String text, String wanted, String end) {
        return wanted.endsWith(end) ? text.startsWith(wanted) : text.equals(wanted);
    }
}
