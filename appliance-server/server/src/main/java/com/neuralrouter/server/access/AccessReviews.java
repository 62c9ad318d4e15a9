package com.neuralrouter.server.access;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.store.Tx;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of who has access, and its confirmation. A confirmation is an entry of the trail and
 * nothing else: it names the digest of what was looked at, and is refused when that has changed
 * meanwhile. Safe for all threads.
 */
public final class AccessReviews {
    private static final String CONFIRMED = "access.reviewed";
    private static final int NOTE = 500;

    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final AuditStore audit;
    private final GrantedAccess granted;

    public AccessReviews(
            AdminTransactions transactions,
            SiteReads reads,
            AuditStore audit,
            GrantedAccess granted) {
        this.transactions = transactions;
        this.reads = reads;
        this.audit = audit;
        this.granted = granted;
    }

    /** As it is now. */
    public AccessList list() {
        return reads.read(this::list);
    }

    private AccessList list(Tx tx) {
        List<Access> access = granted.all(tx);
        String digest = digest(access);
        Optional<AuditEntry> last = audit.latest(tx, CONFIRMED);
        return new AccessList(
                digest,
                last.map(AuditEntry::at).orElse(null),
                last.map(entry -> entry.actor().name()).orElse(null),
                last.map(entry -> !digest.equals(entry.details().get("sha256"))).orElse(true),
                access);
    }

    /** Throws {@link AdminRefused} when what is granted is no longer what was looked at. */
    public AccessList confirm(Authorised by, ConfirmAccess wanted) {
        by.demand(Permission.AUDIT_MANAGE);
        String note = wanted.note() == null ? "" : wanted.note();
        Names.demandText("note", note, NOTE);
        transactions.run(
                by,
                tx -> {
                    List<Access> access = granted.all(tx);
                    if (!digest(access).equals(wanted.digest())) {
                        throw new AdminRefused(
                                ProblemCode.CHANGED_BY_OTHER,
                                "Who has access has changed since you looked; look again.");
                    }
                    return Audited.of(
                            access.size(),
                            AuditEvent.done(
                                    CONFIRMED,
                                    "site",
                                    Map.of(
                                            "sha256", wanted.digest(),
                                            "entries", String.valueOf(access.size()),
                                            "note", note)));
                });
        return list();
    }

    /** Over what is granted; not over when it was used. */
    private static String digest(List<Access> access) {
        var text = new StringBuilder();
        access.stream()
                .map(each ->
                        "%s %s %s %s\n"
                                .formatted(each.kind(), each.id(), each.grants(), each.until()))
                .sorted()
                .forEach(text::append);
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
