package com.neuralrouter.server.secret.seal;

import org.jspecify.annotations.Nullable;

/**
 * A seal can't be made, opened or used. The message is one sentence for the operator: what was
 * refused and what to do; never a secret, and never another system's words.
 */
public sealed class SealRefused extends RuntimeException permits TransitRejected {
    private static final long serialVersionUID = 1L;

    SealRefused(String sentence) {
        super(sentence);
    }

    SealRefused(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
