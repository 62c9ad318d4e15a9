package com.neuralrouter.server.audit;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.log.AuditUnavailable;

/**
 * Where entries of the store become evidence: the log that anybody can verify and nobody can
 * quietly change. Safe for all threads.
 */
public interface Evidence {
    /** For a site that is being made: its first start brings its entries into the log. */
    Evidence AT_THE_FIRST_START =
            new Evidence() {
                @Override
                public void demandWritable() {}

                @Override
                public long size() {
                    return 0;
                }

                @Override
                public void secure(long number) {}

                @Override
                public void alone(Actor actor, RequestId requestId, AuditEvent event) {
                    throw AuditUnavailable.notYet();
                }
            };

    /** Throws {@link AuditUnavailable} when nothing can be written to the log at the moment. */
    void demandWritable();

    /** How many leaves the log has. */
    long size();

    /**
     * Brings the store's entries into the log, up to this number, and returns when they are on the
     * disk. The entries must be durable in the store already. Throws {@link AuditUnavailable}.
     */
    void secure(long number);

    /**
     * For what must be told although the store can't take it: a leaf without an entry in the store,
     * on the disk when this returns. Throws {@link AuditUnavailable}.
     */
    void alone(Actor actor, RequestId requestId, AuditEvent event);
}
