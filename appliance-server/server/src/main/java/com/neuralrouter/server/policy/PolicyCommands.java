package com.neuralrouter.server.policy;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is done to policies, each time as a part of a transaction that applies a site's document.
 * The audit trail gets the digests of the policy before and after. Safe for all threads.
 */
public final class PolicyCommands {
    private final PolicyStore store;
    private final Clock clock;

    public PolicyCommands(PolicyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Sets the site's own policy.
     *
     * @param wanted null takes all rules away
     */
    public Audited<Boolean> setSiteIn(Tx tx, @Nullable PolicyDocument wanted) {
        Optional<PolicyDocument> before = store.site(tx);
        if (wanted == null) {
            store.delete(tx);
        } else {
            store.put(tx, checked(wanted), Columns.now(clock));
        }
        return Audited.of(
                true, AuditEvent.done("policy.changed", "policy/site", digests(before, wanted)));
    }

    /** The same for one workspace. */
    public Audited<Boolean> setWorkspaceIn(
            Tx tx, Workspace workspace, @Nullable PolicyDocument wanted) {
        Optional<PolicyDocument> before = store.of(tx, workspace.id());
        if (wanted == null) {
            store.delete(tx, workspace.id());
        } else {
            store.put(tx, workspace.id(), checked(wanted), Columns.now(clock));
        }
        return Audited.of(
                true,
                AuditEvent.doneIn(
                        workspace.name(),
                        "policy.changed",
                        "policy/" + workspace.id(),
                        digests(before, wanted)));
    }

    private static PolicyDocument checked(PolicyDocument policy) {
        List<FieldError> errors = PolicyChecks.errors("policy", policy);
        if (!errors.isEmpty()) {
            throw new AdminRefused(
                    ProblemCode.INVALID_FIELD,
                    errors.stream()
                            .map(error -> error.field() + ": " + error.message())
                            .collect(Collectors.joining("; ")),
                    errors);
        }
        return policy;
    }

    private static Map<String, String> digests(
            Optional<PolicyDocument> before, @Nullable PolicyDocument after) {
        return Map.of(
                "before",
                before.map(PolicyDocuments::hash).orElse("none"),
                "after",
                after == null ? "none" : PolicyDocuments.hash(after));
    }
}
