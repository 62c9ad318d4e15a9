package com.neuralrouter.server.route;

import com.neuralrouter.server.provider.Endpoint;

import org.jspecify.annotations.Nullable;

/** Asks a provider whether it is there, through its adapter. Safe for all threads. */
@FunctionalInterface
public interface Prober {

    /**
     * Blocks for as long as the provider takes, up to a deadline of the prober's own.
     *
     * @param model whom a completion is asked of
     * @return null if it can't be asked in that way
     */
    @Nullable Probed probe(Endpoint endpoint, Terms.Probing.Kind kind, String model);

    /**
     * What came of it.
     *
     * @param detail in words without content
     */
    record Probed(boolean good, long millis, String detail) {}
}
