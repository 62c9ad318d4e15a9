package com.neuralrouter.server.usage;

/**
 * How a batch of records is stored beside requests that want the same processor. One that is calm
 * is done in small steps with a moment for requests after each, so that where there is one
 * processor no request waits for the whole batch. One that is behind takes its share without a
 * break: giving way would leave it less than what requests bring, until the journal is full.
 *
 * <p>Used by one thread at a time.
 */
public final class Pace {
    /** Records that are logged or inserted in some tenths of a millisecond. */
    private static final int STEP = 32;

    private final boolean calm;
    private int done;

    private Pace(boolean calm) {
        this.calm = calm;
    }

    static Pace calm() {
        return new Pace(true);
    }

    static Pace behind() {
        return new Pace(false);
    }

    /** One more record was dealt with. */
    void passed() {
        done++;
        if (calm && done % STEP == 0) {
            Thread.yield();
        }
    }
}
