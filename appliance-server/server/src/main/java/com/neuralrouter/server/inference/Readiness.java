package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.usage.RequestJournal;

import java.util.Optional;

/**
 * Whether this appliance takes requests, for load balancers and whatever else chooses among
 * several. It looks at what every request is refused by, whoever sends it; who may ask for what is
 * not its business. Waits for nothing; safe for all threads.
 */
public final class Readiness {
    private final Snapshots snapshots;
    private final RequestJournal journal;
    private volatile boolean stopping;

    public Readiness(Snapshots snapshots, RequestJournal journal) {
        this.snapshots = snapshots;
        this.journal = journal;
    }

    /** From now on nothing more is to be sent here; what comes nevertheless is served. */
    public void stopping() {
        stopping = true;
    }

    /** By what a request would be refused; empty if by nothing that concerns all of them. */
    Optional<ProblemCode> hindrance() {
        if (stopping) {
            return Optional.of(ProblemCode.STOPPING);
        }
        if (!snapshots.valid()) {
            return Optional.of(ProblemCode.STORE_LOST);
        }
        return journal.takes() ? Optional.empty() : Optional.of(ProblemCode.RECORD_UNAVAILABLE);
    }
}
