package com.neuralrouter.server.policy;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to policies, each time as a part of a transaction that applies a site's document.
 * The audit trail gets the digests of the policy before and after. Safe for all threads.
 */
public final class PolicyCommands {
    private static final int NAMES = 1_000;
    private static final int NAME = 200;

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
        demandNames("policy.allowedModels", policy.allowedModels());
        demandNames("policy.deniedModels", policy.deniedModels());
        demandNames("policy.allowedProviders", policy.allowedProviders());
        demandPositive("policy.maxOutputTokens", policy.maxOutputTokens());
        demandPositive("policy.maxRequestBytes", policy.maxRequestBytes());
        return policy;
    }

    private static void demandNames(String field, @Nullable List<String> names) {
        if (names == null) {
            return;
        }
        if (names.size() > NAMES) {
            throw AdminRefused.field(field, "must be at most " + NAMES + " names");
        }
        names.forEach(name -> Names.demandLabel(field, name, NAME));
    }

    private static void demandPositive(String field, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw AdminRefused.field(field, "must be at least 1");
        }
    }

    private static Map<String, String> digests(
            Optional<PolicyDocument> before, @Nullable PolicyDocument after) {
        return Map.of(
                "before",
                before.map(PolicyCommands::digest).orElse("none"),
                "after",
                after == null ? "none" : digest(after));
    }

    /** SHA-256 of the stored form, hex. */
    private static String digest(PolicyDocument policy) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(
                                            PolicyStore.write(policy)
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
