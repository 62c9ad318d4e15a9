package com.neuralrouter.server.inference;

import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.usage.TokenCounts;

import java.io.IOException;

/** An answer on its way to the app, piece by piece. Used by the request's thread. */
interface Flow {

    /** Who answers. */
    Attempt attempt();

    int status();

    String contentType();

    /**
     * Takes all of the answer to the app. Throws {@link IOException} when the upstream breaks off,
     * {@link io.helidon.webserver.CloseConnectionException} when the app is gone, and {@link
     * BudgetReached}.
     *
     * @param exchange is asked before anything is handed on, and told what was used
     */
    void pump(UsageObserver.Sink client, Exchange exchange) throws IOException;

    /** Whether the provider itself said in the answer that it failed. */
    boolean failed();

    /** How many events have gone to the app. */
    long events();

    /** What was used of an answer that has ended. */
    TokenCounts tokens();

    /** What was used of one that has not. */
    TokenCounts soFar();

    /** Ends the upstream's answer; by any thread, which wakes the one that waits for it. */
    void cut();
}
