package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.Nullable;

/**
 * Forwarding can't begin. The message is one sentence for the person who started the appliance:
 * what is wrong, where, and what to do.
 */
public final class ForwardUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ForwardUnusable(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
