package com.neuralrouter.server.audit.forward;

import java.time.Duration;

/** One receiver of entries. Used by its forwarder's thread alone. */
interface Receiver extends AutoCloseable {

    /**
     * Delivers entries from a number on, at least one, which there is. Returns the number of the
     * first that the receiver is not known to have.
     *
     * @param stopping how to wait for more
     */
    long deliver(long from, LeafSource log, Stopping stopping) throws DeliveryFailed;

    /** How many entries it has refused for good since the start; asked by any thread. */
    default long refused() {
        return 0;
    }

    /** Lets go of connections; what is not acknowledged is delivered again next time. */
    @Override
    void close();

    /** Tells whether the forwarder is to stop. */
    interface Stopping {

        /** Waits; true if the forwarder is to stop, at once. */
        boolean within(Duration time);
    }
}
