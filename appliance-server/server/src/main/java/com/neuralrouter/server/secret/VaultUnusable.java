package com.neuralrouter.server.secret;

/**
 * The vault can't be made, read or opened, or is another site's. The message is one sentence for
 * the person who started the appliance: what is wrong, where, and what to do.
 */
public final class VaultUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VaultUnusable(String sentence) {
        super(sentence);
    }
}
