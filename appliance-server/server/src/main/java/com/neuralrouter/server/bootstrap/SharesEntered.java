package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRecord;
import com.neuralrouter.server.secret.seal.SealRefused;
import com.neuralrouter.server.secret.seal.Seals;
import com.neuralrouter.server.secret.seal.ShareCollector;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The shares that were entered so far for one seal, and for how long they are kept. Its user guards
 * it with a lock of its own.
 */
final class SharesEntered implements AutoCloseable {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Clock clock;
    private @Nullable SealRecord seal;
    private @Nullable ShareCollector collector;
    private Instant first = Instant.EPOCH;

    SharesEntered(Clock clock) {
        this.clock = clock;
    }

    /** Takes one share and answers how many are still needed. Throws {@link SealRefused}. */
    int add(Seals seals, SealRecord record, SecretBytes share) {
        dropOld();
        if (!record.equals(seal)) {
            close();
        }
        ShareCollector into = collector;
        if (into == null) {
            into = seals.collector(record);
            collector = into;
            seal = record;
            first = clock.instant();
        }
        return into.add(share);
    }

    /** How many are needed before the first, or after those that are there. */
    int missing(Seals seals, SealRecord record) {
        dropOld();
        ShareCollector entered = collector;
        if (entered != null && record.equals(seal)) {
            return entered.missing();
        }
        try (ShareCollector fresh = seals.collector(record)) {
            return fresh.missing();
        }
    }

    /** Material of those that are there; closed by {@link #close()}. */
    SealMaterial material() {
        ShareCollector entered = collector;
        if (entered == null) {
            throw new IllegalStateException("no share was entered");
        }
        return new SealMaterial.Shares(entered);
    }

    /** Forgets shares whose first was entered too long ago. */
    void dropOld() {
        if (collector != null && !clock.instant().isBefore(first.plus(KEPT))) {
            close();
        }
    }

    /** Wipes the shares; others may be entered. */
    @Override
    public void close() {
        if (collector != null) {
            collector.close();
            collector = null;
        }
    }
}
