package com.neuralrouter.server.integrity;

import java.util.List;

/**
 * Rows that decide are not as the appliance left them, so nothing was decided by them. The message
 * is one sentence for the operator; it names rows, and never a value of theirs.
 */
public final class StoreTampered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Enough to say where; a store that was altered as a whole has as many as rows. */
    static final int FINDINGS = 20;

    StoreTampered(List<Finding> findings) {
        super(sentence(findings), null, false, false);
        this.findings = List.copyOf(findings.subList(0, Math.min(FINDINGS, findings.size())));
    }

    /** The message. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** At least one. */
    public List<Finding> findings() {
        return findings;
    }

    private static String sentence(List<Finding> findings) {
        Finding first = findings.getFirst();
        return "Something other than this appliance changed the store: "
                + first.target()
                + " ("
                + first.kind().wire()
                + ")"
                + (findings.size() == 1 ? "" : " and " + (findings.size() - 1) + " more")
                + ". Nothing is decided by it. Stop the appliance, keep a copy of the store for the"
                + " investigation, and restore the last backup.";
    }
}
