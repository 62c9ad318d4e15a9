package com.neuralrouter.server.secret.seal;

/**
 * A seal can't be made, opened or used. The message is one sentence for the operator: what was
 * refused and what to do; never a secret, and never another system's words.
 */
public final class SealRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealRefused(String sentence) {
        super(sentence);
    }

    SealRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
