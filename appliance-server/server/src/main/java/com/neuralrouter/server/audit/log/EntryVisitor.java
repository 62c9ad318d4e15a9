package com.neuralrouter.server.audit.log;

/** Takes entries in their order; what it throws ends the reading. */
@FunctionalInterface
public interface EntryVisitor {
    /**
     * An entry that was opened and is authentic.
     *
     * @param side empty if there is none
     */
    void entry(long sequence, byte[] leaf, byte[] side);
}
