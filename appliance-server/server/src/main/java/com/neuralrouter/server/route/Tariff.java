package com.neuralrouter.server.route;

import org.jspecify.annotations.Nullable;

/** What upstreams ask for a million tokens at one moment. Safe for all threads. */
@FunctionalInterface
public interface Tariff {
    /** What routes say themselves, where nothing else is known. */
    Tariff OF_ROUTES = upstream -> upstream.choice().price();

    /** Null if it is not known. */
    Choice.@Nullable Price of(Route.Upstream upstream);
}
