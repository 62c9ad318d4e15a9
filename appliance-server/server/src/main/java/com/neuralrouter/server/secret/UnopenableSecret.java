package com.neuralrouter.server.secret;

/** A sealed secret can't be opened: altered, moved, sealed under another key, or shredded. */
public final class UnopenableSecret extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean keyDestroyed;

    UnopenableSecret(String why) {
        this(why, false);
    }

    private UnopenableSecret(String why, boolean keyDestroyed) {
        super("a sealed secret can't be opened: " + why, null, false, true);
        this.keyDestroyed = keyDestroyed;
    }

    static UnopenableSecret keyDestroyed() {
        return new UnopenableSecret("its workspace's key was destroyed", true);
    }

    /** Whether its key was destroyed on purpose, which is no sign of tampering. */
    public boolean isShredded() {
        return keyDestroyed;
    }
}
