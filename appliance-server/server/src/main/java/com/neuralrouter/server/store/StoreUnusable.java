package com.neuralrouter.server.store;

/**
 * The store can't be opened. The message is one sentence for the person who started the appliance:
 * what is wrong, where, and what to do.
 */
public final class StoreUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnusable(String sentence) {
        super(sentence);
    }
}
