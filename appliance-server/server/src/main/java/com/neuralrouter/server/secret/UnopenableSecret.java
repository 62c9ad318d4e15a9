package com.neuralrouter.server.secret;

/** A sealed secret can't be opened: altered, moved or sealed under another key. */
public final class UnopenableSecret extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnopenableSecret(String why) {
        super("a sealed secret can't be opened: " + why, null, false, true);
    }
}
