package com.neuralrouter.server.secret;

/**
 * The root key's file can't be used, or is another site's. The message is one sentence for the
 * person who started the appliance.
 */
public final class RootKeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RootKeyUnusable(String sentence) {
        super(sentence);
    }
}
