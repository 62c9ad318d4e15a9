package com.neuralrouter.server.bootstrap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an appliance is made of and has to be closed, last made first. Used by the thread that
 * starts the appliance, then by the one that closes it.
 */
final class Parts implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Parts.class.getName());

    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        made.push(part);
        return part;
    }

    /** Closes all; one that fails keeps none of the others open. */
    @Override
    public void close() {
        while (!made.isEmpty()) {
            AutoCloseable part = made.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.log(
                        Level.ERROR,
                        "a part could not be closed part={0} cause={1}",
                        part.getClass().getSimpleName(),
                        failed.getClass().getName());
            }
        }
    }
}
