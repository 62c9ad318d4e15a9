package com.neuralrouter.server.audit.forward;

/**
 * The log as forwarders see it: leaves by number, from 0 without a gap. Implemented over the log;
 * called by every forwarder's thread.
 */
public interface LeafSource {

    /** How many leaves are durable; never goes back while the appliance runs. */
    long size();

    /**
     * Shows the leaves from the one number to before the other, in order. Both are at most {@link
     * #size}. An unchecked exception of the visitor's ends it and is the caller's.
     */
    void read(long from, long to, Visitor visitor);

    /** Is shown one leaf after the other; the bytes are the visitor's. */
    @FunctionalInterface
    interface Visitor {
        void visit(long sequence, byte[] leaf);
    }
}
