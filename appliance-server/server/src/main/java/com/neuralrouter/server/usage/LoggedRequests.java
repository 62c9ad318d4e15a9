package com.neuralrouter.server.usage;

import com.neuralrouter.server.audit.Leaves;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.audit.log.Draft;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.tlog.CanonicalObject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Leaves an entry of each ended request in the audit log before its record goes into the store:
 * metadata only, once for each request. The log remembers the highest position that it has, in the
 * same write as the entries. Used by the journal.
 */
public final class LoggedRequests implements RequestSink {
    private final RequestSink store;
    private final EntryLog log;
    private final long withoutLogNanos;
    private final LongSupplier nanos;

    /** When the log was first found failing; 0 while it is not. */
    private volatile long failingSince;

    /**
     * @param withoutLog for how long requests are taken while the log can't be written; their
     *     entries then wait in the journal, as long as that has room
     * @param nanos a clock that nobody can set, as {@link System#nanoTime}
     */
    public LoggedRequests(
            RequestSink store, EntryLog log, Duration withoutLog, LongSupplier nanos) {
        this.store = store;
        this.log = log;
        this.withoutLogNanos = withoutLog.toNanos();
        this.nanos = nanos;
    }

    @Override
    public boolean takes() {
        try {
            log.demandSound();
        } catch (AuditUnavailable _) {
            return withoutLogNanos > 0 && failedFor() < withoutLogNanos;
        }
        if (failingSince != 0) {
            failingSince = 0;
        }
        return true;
    }

    private long failedFor() {
        long now = nanos.getAsLong();
        long since = failingSince;
        if (since == 0) {
            failingSince = now;
            return 0;
        }
        return now - since;
    }

    @Override
    public long lastPosition() {
        return Math.max(store.lastPosition(), log.requestMark());
    }

    /** What is in the log but not in the store is brought there first, under its position. */
    @Override
    public Set<Long> stored(List<RequestRecord> records) {
        var stored = new HashSet<>(store.stored(records));
        long logged = log.requestMark();
        List<RequestRecord> missing =
                records.stream()
                        .filter(each -> each.position() <= logged)
                        .filter(each -> !stored.contains(each.position()))
                        .toList();
        if (!missing.isEmpty()) {
            store.insert(missing);
            missing.forEach(each -> stored.add(each.position()));
        }
        return stored;
    }

    /** Throws {@link AuditUnavailable} too. */
    @Override
    public void insert(List<RequestRecord> records, Pace pace) {
        for (int from = 0; from < records.size(); from += EntryLog.MOST_DRAFTS) {
            int to = Math.min(records.size(), from + EntryLog.MOST_DRAFTS);
            var drafts = new ArrayList<Draft>(to - from);
            records.subList(from, to).forEach(each -> drafts.add(new Ended(each, pace)));
            log.append(drafts);
        }
        store.insert(records, pace);
    }

    /** A request on its way into the log. */
    private record Ended(RequestRecord record, Pace pace) implements Draft {
        @Override
        public byte[] leaf(long sequence, Instant time) {
            pace.passed();
            RequestStarted started = record.started();
            RequestEnded ended = record.ended();
            Residency residency = ended.residency();
            var leaf =
                    new CanonicalObject()
                            .put("attempts", ended.attempts())
                            .put("began", began(started));
            putUnlessEmpty(leaf, "guardrails", residency.guardrails());
            putUnlessEmpty(leaf, "jurisdiction", residency.jurisdiction());
            leaf.put("key", started.apiKeyId().toString())
                    .put("kind", "inference")
                    .put("micros", ended.durationMicros())
                    .put("model", started.model())
                    .put("outcome", Leaves.text(ended.outcome()));
            putUnlessEmpty(leaf, "policy", residency.policy());
            if (ended.problem() != null) {
                leaf.put("problem", ended.problem().wire());
            }
            if (ended.provider() != null) {
                leaf.put("provider", ended.provider().toString());
            }
            putUnlessEmpty(leaf, "receipt", ended.receipt());
            putUnlessEmpty(leaf, "region", residency.region());
            leaf.put("request", started.id().toString()).put("sequence", sequence);
            if (ended.servedModel() != null) {
                leaf.put("served", ended.servedModel());
            }
            if (started.siteVersion() > 0) {
                leaf.put("siteVersion", started.siteVersion());
            }
            return leaf.put("status", ended.status())
                    .put("stream", started.stream())
                    .put("time", Leaves.text(time))
                    .put("tokens", tokens -> addTokens(tokens, ended.tokens()))
                    .put("v", Leaves.FORM)
                    .put("workspace", started.workspaceId().toString())
                    .bytes();
        }

        private static String began(RequestStarted started) {
            return Leaves.text(Instant.ofEpochMilli(started.startedAtMillis()));
        }

        private static void addTokens(CanonicalObject to, TokenCounts tokens) {
            to.put("estimated", tokens.estimated())
                    .put("input", tokens.input())
                    .put("output", tokens.output());
        }

        private static void putUnlessEmpty(CanonicalObject leaf, String name, String text) {
            if (!text.isEmpty()) {
                leaf.put(name, text);
            }
        }

        @Override
        public long request() {
            return record.position();
        }
    }
}
