package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.audit.AuditEvent;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts requests that came without a good key, by where they came from and what was wrong, until
 * the audit trail is told. However many there are, they cost the trail a bounded number of entries
 * a minute. Safe for all threads.
 */
public final class Strangers {
    private static final int MOST = 100;
    private static final String ELSEWHERE = "elsewhere";

    private final Map<Kind, Long> refused = new HashMap<>();
    private final Map<ProblemCode, Long> ever = new EnumMap<>(ProblemCode.class);

    private record Kind(String address, ProblemCode code) {}

    /** Whether a refusal says that nobody knows who asked. */
    static boolean isOne(ProblemCode code) {
        return code == ProblemCode.CREDENTIAL_MISSING
                || code == ProblemCode.CREDENTIAL_REFUSED
                || code == ProblemCode.SEVERAL_CREDENTIALS;
    }

    synchronized void refused(String address, ProblemCode code) {
        var kind = new Kind(address, code);
        boolean room = refused.size() < MOST || refused.containsKey(kind);
        ever.merge(code, 1L, Long::sum);
        refused.merge(room ? kind : new Kind(ELSEWHERE, code), 1L, Long::sum);
    }

    /** How many there were since the start, by what was wrong. */
    synchronized Map<ProblemCode, Long> counted() {
        return Map.copyOf(ever);
    }

    /** What is to be told since the last call. */
    public synchronized List<AuditEvent> told() {
        var told = new ArrayList<AuditEvent>();
        refused.forEach((kind, count) ->
                told.add(
                        AuditEvent.refused(
                                "inference.refused",
                                "inference",
                                Map.of(
                                        "address", kind.address(),
                                        "code", kind.code().wire(),
                                        "count", count.toString()))));
        refused.clear();
        return told;
    }
}
