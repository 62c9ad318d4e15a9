package com.neuralrouter.desktop.witness;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The log that was shown contradicts the one that is remembered. Both sides are kept as they came,
 * unparsed: the alarm is itself the evidence.
 *
 * @param id names its files: time and kind
 * @param held what was remembered; empty texts if nothing was
 * @param shown what the appliance showed
 * @param proof the consistency proof that did not prove it, as it came; empty if none was asked for
 */
public record Alarm(String id, Kind kind, Instant at, Side held, Side shown, List<String> proof) {

    public Alarm {
        // What is read from a file may lack it.
        Objects.requireNonNull(kind);
        Objects.requireNonNull(held);
        Objects.requireNonNull(shown);
        proof = List.copyOf(proof);
    }

    /**
     * One of the two.
     *
     * @param note a signed note, or whatever was in its place
     * @param keys the log's verifier keys that belong to it
     */
    public record Side(String note, List<String> keys) {
        static final Side NOTHING = new Side("", List.of());

        public Side {
            Objects.requireNonNull(note);
            keys = List.copyOf(keys);
        }
    }

    /** What is wrong. */
    public enum Kind {
        /** The log has fewer entries than it had: it was put back. */
        SHORTER,
        /** The same number of entries, but others. */
        FORKED,
        /** The log names other keys than it did. */
        OTHER_KEY,
        /** The log has another name than it had. */
        OTHER_LOG,
        /** One of the log's keys did not sign, or something else was signed. */
        BAD_SIGNATURE,
        /** What was shown is no checkpoint at all. */
        MALFORMED,
        /** The proof does not show that the log only grew: it was put back or forked, and grew. */
        PROOF_WRONG,
        /** The appliance refuses to prove that the log only grew. */
        PROOF_REFUSED,
        /** What this desktop remembered was changed or damaged on this device. */
        MEMORY_DAMAGED;

        /** As it is written in files and sent to the appliance. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
