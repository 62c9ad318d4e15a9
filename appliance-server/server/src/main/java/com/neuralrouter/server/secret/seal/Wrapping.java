package com.neuralrouter.server.secret.seal;

/** What every kind of seal asks of the bytes it is given, in the same words. */
final class Wrapping {
    private static final int MAX_KEY_BYTES = 1024;

    private Wrapping() {}

    static void check(byte[] key, byte[] associated) {
        if (key.length == 0 || key.length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        check(associated);
    }

    /** Empty is the same as absent for some servers, so that nothing may depend on it. */
    static void check(byte[] associated) {
        if (associated.length == 0) {
            throw new IllegalArgumentException("a key is wrapped with associated data always");
        }
    }

    static SealRefused altered() {
        return new SealRefused(
                "A wrapped key of the vault file was altered, or belongs to another place or site;"
                        + " restore keys/vault.json from the key backup.");
    }
}
