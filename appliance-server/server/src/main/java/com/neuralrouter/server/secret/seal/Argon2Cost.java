package com.neuralrouter.server.secret.seal;

import java.util.Map;

/**
 * What one guess of a passphrase costs: Argon2id's memory, passes and lanes (RFC 9106).
 *
 * <p>The floor is the RFC's second recommended option (section 4: 64 MiB, 3 passes), so that an
 * edited record can't make guessing cheap; the ceiling keeps such a record from taking the
 * machine's memory. The constructor throws {@link SealRefused} outside of them.
 */
public record Argon2Cost(int memoryKib, int iterations, int lanes) {
    private static final int MIN_MEMORY_KIB = 64 * 1024;
    private static final int MAX_MEMORY_KIB = 1024 * 1024;
    private static final int MIN_ITERATIONS = 3;
    private static final int MAX_ITERATIONS = 16;
    private static final int MAX_LANES = 16;

    /**
     * Twice the memory of the RFC's second option: 0.7 s with Bouncy Castle on the machine where it
     * was chosen (2 cores, 2026-11-23).
     */
    public static final Argon2Cost RECOMMENDED = new Argon2Cost(128 * 1024, 3, 4);

    /** The least that is accepted. */
    public static final Argon2Cost LEAST = new Argon2Cost(MIN_MEMORY_KIB, MIN_ITERATIONS, 4);

    public Argon2Cost {
        within("memory-kib", memoryKib, MIN_MEMORY_KIB, MAX_MEMORY_KIB);
        within("iterations", iterations, MIN_ITERATIONS, MAX_ITERATIONS);
        within("lanes", lanes, 1, MAX_LANES);
    }

    static Argon2Cost of(SealRecord record) {
        return new Argon2Cost(
                record.number("memory-kib"), record.number("iterations"), record.number("lanes"));
    }

    void putTo(Map<String, String> parameters) {
        parameters.put("memory-kib", Integer.toString(memoryKib));
        parameters.put("iterations", Integer.toString(iterations));
        parameters.put("lanes", Integer.toString(lanes));
    }

    /** Throws {@link SealRefused} where the memory would be more than half of Java's heap. */
    void refuseBeyond(long heapBytes) {
        if (memoryKib * 1024L > heapBytes / 2) {
            throw new SealRefused(
                    "The passphrase's derivation needs %d MiB and may take half of Java's %d MiB; start with a larger -Xmx."
                            .formatted(memoryKib / 1024, heapBytes / 1024 / 1024));
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new SealRefused(
                    "The passphrase seal's parameter %s is %d and must be from %d to %d; restore keys/vault.json from the key backup."
                            .formatted(name, value, least, most));
        }
    }
}
