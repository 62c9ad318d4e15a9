package com.neuralrouter.server.limit;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.StoredJson;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is done to limits, each time as a part of a transaction that applies a site's document. Safe
 * for all threads.
 */
public final class LimitCommands {
    private final LimitStore store;
    private final Ids ids;
    private final Clock clock;

    public LimitCommands(LimitStore store, Ids ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Sets somebody's limits.
     *
     * @param workspace the name of the subject's workspace; null if it has none
     * @param wanted null takes all limits away
     */
    public Audited<Boolean> setIn(
            Tx tx, Subject subject, @Nullable String workspace, @Nullable LimitsDocument wanted) {
        Optional<StoredLimits> before = store.of(tx, subject);
        if (wanted == null || wanted.equals(LimitsDocument.NONE)) {
            before.ifPresent(row -> store.delete(tx, row.id()));
        } else {
            demandGood(LimitChecks.errors("limits", wanted));
            if (before.isPresent()) {
                store.update(tx, before.get().id(), wanted, Columns.now(clock));
            } else {
                store.insert(tx, ids.next(), subject, wanted, Columns.now(clock));
            }
        }
        Map<String, String> details =
                Map.of(
                        "before",
                        before.map(row -> StoredJson.write(row.document())).orElse("none"),
                        "after",
                        wanted == null ? "none" : StoredJson.write(wanted));
        return Audited.of(true, event("limits.changed", subject, workspace, details));
    }

    /** Refuses what has errors. */
    public static void demandGood(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new AdminRefused(
                    ProblemCode.INVALID_FIELD,
                    errors.stream()
                            .map(error -> error.field() + ": " + error.message())
                            .collect(Collectors.joining("; ")),
                    errors);
        }
    }

    /** An entry about a subject's limits or budgets. */
    public static AuditEvent event(
            String action,
            Subject subject,
            @Nullable String workspace,
            Map<String, String> details) {
        var all = new HashMap<>(details);
        String target =
                switch (subject.level()) {
                    case SITE -> "site";
                    case WORKSPACE -> "workspace/" + subject.workspace();
                    case KEY -> {
                        all.put("key", subject.name());
                        yield "workspace/" + subject.workspace();
                    }
                    case ROUTE -> {
                        all.put("route", subject.name());
                        yield "site";
                    }
                };
        return workspace == null
                ? AuditEvent.done(action, target, all)
                : AuditEvent.doneIn(workspace, action, target, all);
    }
}
