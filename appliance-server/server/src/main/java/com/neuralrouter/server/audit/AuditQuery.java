package com.neuralrouter.server.audit;

import com.neuralrouter.contract.AuditEntry.Outcome;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Which entries somebody looks for; null where it does not matter.
 *
 * @param since the earliest time, included
 * @param until the latest time, not included
 * @param actor an actor's id, as in the entries
 * @param workspace a workspace's name
 * @param action an action, or its beginning up to a dot, as in {@code api_key.}
 * @param target a target, or its kind, as in {@code route/}
 * @param text what is somewhere in the entry, upper or lower case
 */
public record AuditQuery(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String actor,
        @Nullable String workspace,
        @Nullable String action,
        @Nullable String target,
        @Nullable Outcome outcome,
        @Nullable UUID requestId,
        @Nullable String text) {

    /** Every entry. */
    public static final AuditQuery EVERYTHING =
            new AuditQuery(null, null, null, null, null, null, null, null, null);

    private static final String IN_THE_TEXT =
            """
            (LOWER(action) LIKE :text ESCAPE '!' OR LOWER(target) LIKE :text ESCAPE '!'
             OR LOWER(actor_name) LIKE :text ESCAPE '!' OR LOWER(actor_id) LIKE :text ESCAPE '!'
             OR LOWER(COALESCE(actor_address, '')) LIKE :text ESCAPE '!'
             OR LOWER(COALESCE(workspace, '')) LIKE :text ESCAPE '!'
             OR LOWER(details) LIKE :text ESCAPE '!')
            """;

    /** The conditions, with the names under which {@link #values} has what they compare with. */
    String conditions() {
        var conditions = new StringBuilder();
        add(conditions, since, "at >= :since");
        add(conditions, until, "at < :until");
        add(conditions, actor, "actor_id = :actor");
        add(conditions, workspace, "workspace = :workspace");
        add(
                conditions,
                action,
                isBeginning(action, '.') ? "action LIKE :action ESCAPE '!'" : "action = :action");
        add(
                conditions,
                target,
                isBeginning(target, '/') ? "target LIKE :target ESCAPE '!'" : "target = :target");
        add(conditions, outcome, "outcome = :outcome");
        add(conditions, requestId, "request_id = :request");
        add(conditions, text, IN_THE_TEXT);
        return conditions.toString();
    }

    private static void add(StringBuilder conditions, @Nullable Object value, String condition) {
        if (value != null) {
            conditions.append(" AND ").append(condition);
        }
    }

    Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        put(values, "since", since == null ? null : AuditStore.utc(since));
        put(values, "until", until == null ? null : AuditStore.utc(until));
        put(values, "actor", actor);
        put(values, "workspace", workspace);
        put(values, "action", isBeginning(action, '.') ? escaped(action) + '%' : action);
        put(values, "target", isBeginning(target, '/') ? escaped(target) + '%' : target);
        put(values, "outcome", outcome == null ? null : outcome.name());
        put(values, "request", requestId);
        put(
                values,
                "text",
                text == null ? null : '%' + escaped(text.toLowerCase(Locale.ROOT)) + '%');
        return values;
    }

    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static boolean isBeginning(@Nullable String text, char end) {
        return text != null && text.endsWith(String.valueOf(end));
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
