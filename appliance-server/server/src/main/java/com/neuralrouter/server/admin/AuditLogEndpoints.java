package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.LogLeaves;
import com.neuralrouter.contract.LogTimestamp;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.Witnesses;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.timestamp.StampFolder;
import com.neuralrouter.tlog.TreeProofs;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /admin/v1/audit/…}: the audit log as evidence. Its signed checkpoint, proofs that it only
 * grew, its leaves for an export, and the signatures of witnesses. {@link LogProofEndpoints} has
 * the proofs of single leaves.
 */
public final class AuditLogEndpoints implements AdminEndpoints {
    /** A note with an ML-DSA-44 signature has some 3,600. */
    private static final int NOTE_CHARACTERS = 8_000;

    /** Each has some 10 kB. */
    private static final int MOST_TIMESTAMPS = 50;

    private final EntryLog log;
    private final Witnesses witnesses;
    private final StampFolder stamps;
    private final AdminTransactions transactions;

    public AuditLogEndpoints(
            EntryLog log, Witnesses witnesses, StampFolder stamps, AdminTransactions transactions) {
        this.stamps = stamps;
        this.transactions = transactions;
        this.log = log;
        this.witnesses = witnesses;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.AUDIT_CHECKPOINT, this::checkpoint);
        routes.get(AdminApi.AUDIT_CONSISTENCY, this::consistency);
        routes.get(AdminApi.AUDIT_LEAVES, this::leaves);
        routes.get(AdminApi.AUDIT_COSIGNATURES, this::cosignatures);
        routes.get(AdminApi.AUDIT_TIMESTAMPS, this::timestamps);
        routes.post(AdminApi.AUDIT_COSIGNATURES, this::cosign);
        routes.post(AdminApi.AUDIT_ALARMS, this::alarm);
    }

    private AdminAnswer checkpoint(AdminHttpRequest request) {
        request.authorise(Permission.STATUS_READ);
        return AdminAnswer.ok(
                new LogCheckpoint(
                        log.checkpoint().toString(),
                        log.verifiers().stream().map(Object::toString).toList()));
    }

    private AdminAnswer consistency(AdminHttpRequest request) {
        request.authorise(Permission.STATUS_READ);
        long to = request.number("to").orElse(log.size());
        long from = request.number("from").orElse(0);
        if (to < 0 || to > log.size()) {
            throw AdminRefused.field("to", "must be 0 to " + log.size() + ", the log's size");
        }
        if (from < 0 || from > to) {
            throw AdminRefused.field("from", "must be 0 to " + to);
        }
        return AdminAnswer.ok(
                new LogConsistency(
                        from,
                        to,
                        TreeProofs.consistency(log.hashes(), from, to).stream()
                                .map(Base64.getEncoder()::encodeToString)
                                .toList()));
    }

    private AdminAnswer leaves(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.AUDIT_READ);
        long from = request.number("from").orElse(0);
        if (from < 0 || from > log.size()) {
            throw AdminRefused.field("from", "must be 0 to " + log.size() + ", the log's size");
        }
        if (from == 0) {
            transactions.record(
                    by.actor(),
                    by.requestId(),
                    AuditEvent.done("audit.exported", "audit", Map.of("what", "log")));
        }
        long to = Math.min(log.size(), from + request.limit());
        var leaves = new ArrayList<String>();
        log.read(from, to, (_, leaf, _) -> leaves.add(new String(leaf, StandardCharsets.UTF_8)));
        return AdminAnswer.ok(new LogLeaves(from, leaves));
    }

    private AdminAnswer cosignatures(AdminHttpRequest request) {
        request.authorise(Permission.AUDIT_READ);
        return AdminAnswer.ok(
                new Page<>(
                        witnesses.all().stream()
                                .map(seen ->
                                        new CosignCheckpoint(
                                                seen.key().toString(), seen.note().toString()))
                                .toList(),
                        null));
    }

    private AdminAnswer timestamps(AdminHttpRequest request) {
        request.authorise(Permission.AUDIT_READ);
        int limit = Math.min(request.limit(), MOST_TIMESTAMPS);
        List<LogTimestamp> found =
                stamps.above(request.number("cursor").orElse(0), limit).stream()
                        .map(each ->
                                new LogTimestamp(
                                        each.size(),
                                        new String(each.note(), StandardCharsets.UTF_8),
                                        Base64.getEncoder().encodeToString(each.token())))
                        .toList();
        return AdminAnswer.ok(
                new Page<>(
                        found,
                        found.size() == limit ? String.valueOf(found.getLast().size()) : null));
    }

    /** What a witness found wrong with the log is told in the log itself, for whoever reads it. */
    private AdminAnswer alarm(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.STATUS_READ);
        LogAlarm alarm = request.body(LogAlarm.class);
        var details = new LinkedHashMap<String, String>();
        details.put("kind", shortened(alarm.kind(), 64));
        details.put("held", shortened(alarm.held(), NOTE_CHARACTERS));
        details.put("shown", shortened(alarm.shown(), NOTE_CHARACTERS));
        boolean acknowledged = alarm.acknowledged() != null;
        if (acknowledged) {
            details.put("acknowledged", shortened(alarm.acknowledged(), 500));
        }
        transactions.record(
                by.actor(),
                by.requestId(),
                AuditEvent.done(
                        acknowledged ? "audit.alarm_acknowledged" : "audit.alarm_raised",
                        "audit",
                        details));
        return AdminAnswer.noContent();
    }

    private static String shortened(@Nullable String text, int most) {
        String all = String.valueOf(text);
        return all.length() <= most ? all : all.substring(0, most);
    }

    private AdminAnswer cosign(AdminHttpRequest request) {
        request.authorise(Permission.STATUS_READ);
        CosignCheckpoint body = request.body(CosignCheckpoint.class);
        try {
            witnesses.take(request.caller().device().value(), body.key(), body.note());
        } catch (Witnesses.Refused refused) {
            throw AdminRefused.field("note", String.valueOf(refused.getMessage()));
        }
        return AdminAnswer.noContent();
    }
}
