package com.neuralrouter.server.usage;

/**
 * The journal can't be opened. The message is one sentence for the person who started the
 * appliance: what is wrong, where, and what to do.
 */
public final class JournalUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalUnusable(String sentence) {
        super(sentence);
    }
}
