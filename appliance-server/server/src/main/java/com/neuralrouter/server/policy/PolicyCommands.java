package com.neuralrouter.server.policy;

import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts policies in force, each time as a part of a transaction, and each time as a new version. The
 * audit trail gets the digests of the policy before and after. Safe for all threads.
 */
public final class PolicyCommands {
    private static final String NONE = "none";

    private final PolicyStore store;
    private final PolicyVersionStore versions;
    private final Clock clock;

    public PolicyCommands(PolicyStore store, PolicyVersionStore versions, Clock clock) {
        this.store = store;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * Sets the site's own policy.
     *
     * @param wanted null takes all rules away
     */
    public Audited<PolicyVersion> setSiteIn(Tx tx, @Nullable PolicyDocument wanted, Cause cause) {
        Optional<PolicyDocument> before = store.site(tx);
        Instant now = Columns.now(clock);
        if (wanted == null) {
            store.delete(tx);
        } else {
            store.put(tx, checked(Level.SITE, wanted), now);
        }
        PolicyVersion version = version(tx, PolicyTarget.SITE, before, wanted, cause, now);
        return Audited.of(
                version,
                AuditEvent.done("policy.changed", "policy/site", details(before, version, cause)));
    }

    /** The same for one workspace. */
    public Audited<PolicyVersion> setWorkspaceIn(
            Tx tx, Workspace workspace, @Nullable PolicyDocument wanted, Cause cause) {
        Optional<PolicyDocument> before = store.of(tx, workspace.id());
        Instant now = Columns.now(clock);
        if (wanted == null) {
            store.delete(tx, workspace.id());
        } else {
            store.put(tx, workspace.id(), checked(Level.WORKSPACE, wanted), now);
        }
        PolicyVersion version =
                version(tx, PolicyTarget.of(workspace.id()), before, wanted, cause, now);
        return Audited.of(
                version,
                AuditEvent.doneIn(
                        workspace.name(),
                        "policy.changed",
                        "policy/" + workspace.id(),
                        details(before, version, cause)));
    }

    /**
     * The same for one API key.
     *
     * @param workspace the key's
     */
    public Audited<PolicyVersion> setKeyIn(
            Tx tx,
            StoredApiKey key,
            Workspace workspace,
            @Nullable PolicyDocument wanted,
            Cause cause) {
        if (key.revokedAt() != null) {
            throw new AdminRefused(
                    ProblemCode.NOT_FOUND, "The API key was revoked: no request comes with it.");
        }
        Optional<PolicyDocument> before = store.of(tx, key.id());
        Instant now = Columns.now(clock);
        if (wanted == null) {
            store.delete(tx, key.id());
        } else {
            store.put(tx, key.id(), workspace.id(), checked(Level.KEY, wanted), now);
        }
        PolicyVersion version = version(tx, PolicyTarget.of(key.id()), before, wanted, cause, now);
        var details = new HashMap<>(details(before, version, cause));
        details.put("apiKey", key.name());
        return Audited.of(
                version,
                AuditEvent.doneIn(
                        workspace.name(), "policy.changed", "policy/" + key.id(), details));
    }

    /** No rules at all is a version too. */
    private PolicyVersion version(
            Tx tx,
            PolicyTarget target,
            Optional<PolicyDocument> before,
            @Nullable PolicyDocument wanted,
            Cause cause,
            Instant now) {
        Optional<PolicyVersion> newest = versions.newest(tx, target);
        if (newest.isEmpty() && before.isPresent()) {
            // It was set by a release that kept no versions: what is replaced becomes the first.
            newest = Optional.of(first(target, before.get(), now));
            versions.insert(tx, newest.get());
        }
        PolicyDocument document = wanted == null ? PolicyDocument.NONE : wanted;
        ApprovalId approval = cause.consent().approval().orElse(null);
        var version =
                new PolicyVersion(
                        target,
                        newest.map(PolicyVersion::number).orElse(0L) + 1,
                        PolicyDocuments.hash(document),
                        now,
                        cause.by(),
                        cause.note(),
                        cause.restores(),
                        approval,
                        true,
                        document);
        versions.insert(tx, version);
        return version;
    }

    private static PolicyVersion first(PolicyTarget target, PolicyDocument found, Instant now) {
        return new PolicyVersion(
                target,
                1,
                PolicyDocuments.hash(found),
                now,
                "",
                "As it was before versions were kept.",
                null,
                null,
                false,
                found);
    }

    private static PolicyDocument checked(Level level, PolicyDocument policy) {
        List<FieldError> errors = PolicyChecks.errors(level, "policy", policy);
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

    private static Map<String, String> details(
            Optional<PolicyDocument> before, PolicyVersion version, Cause cause) {
        var details = new HashMap<>(cause.consent().details());
        details.put("before", before.map(PolicyDocuments::hash).orElse(NONE));
        details.put("after", version.policy().equals(PolicyDocument.NONE) ? NONE : version.hash());
        details.put("version", String.valueOf(version.number()));
        if (!cause.note().isEmpty()) {
            details.put("note", cause.note());
        }
        if (cause.restores() != null) {
            details.put("restores", String.valueOf(cause.restores()));
        }
        return details;
    }
}
