package com.neuralrouter.server.secret.seal;

/**
 * The transit server says 400: what was sent does not fit the key. {@link TransitSeal} tells why.
 */
final class TransitRejected extends SealRefused {
    private static final long serialVersionUID = 1L;

    TransitRejected(String sentence) {
        super(sentence);
    }
}
