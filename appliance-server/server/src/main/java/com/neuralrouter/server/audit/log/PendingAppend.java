package com.neuralrouter.server.audit.log;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Entries that somebody waits for: theirs is the thread that called, the outcome the writer's. */
final class PendingAppend {
    private final List<Draft> drafts;
    private final CountDownLatch done = new CountDownLatch(1);

    // Written before the latch is opened, read after it.
    private @Nullable Appended appended;
    private @Nullable RuntimeException refusal;

    PendingAppend(List<Draft> drafts) {
        this.drafts = drafts;
    }

    List<Draft> drafts() {
        return drafts;
    }

    void succeed(Appended result) {
        appended = result;
        done.countDown();
    }

    void refuse(RuntimeException why) {
        refusal = why;
        done.countDown();
    }

    /** Waits, however long the disk takes: whoever gave up could not say what became of it. */
    Appended await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.await();
                    return outcome();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Appended outcome() {
        if (appended != null) {
            return appended;
        }
        if (refusal instanceof AuditUnavailable unavailable) {
            throw AuditUnavailable.failing(unavailable.getCause());
        }
        throw refusal == null ? new IllegalStateException("an append without outcome") : refusal;
    }
}
