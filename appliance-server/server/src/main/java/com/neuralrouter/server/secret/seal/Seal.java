package com.neuralrouter.server.secret.seal;

/**
 * An open seal: it wraps the vault's root key and gives it back. {@link Seals} opens or makes one;
 * whoever got it closes it, which wipes the key it holds or ends its session. Used by one thread at
 * a time; every operation may take a network's or a device's time.
 *
 * <p>Whatever the kind, wrapping is authenticated encryption, and the associated data must be the
 * same at the unwrapping and must not be empty.
 */
public sealed interface Seal extends AutoCloseable permits KekSeal, Pkcs11Seal, TransitSeal {
    /** What the vault file keeps to open this seal again: public values only. */
    SealRecord record();

    /** The key, wrapped; each time to other bytes. Throws {@link SealRefused}. */
    byte[] wrap(byte[] key, byte[] associated);

    /**
     * The key that was wrapped, which the caller wipes. Throws {@link SealRefused} if the wrapped
     * key or the associated data was altered, or if the seal's device or server refuses.
     */
    byte[] unwrap(byte[] wrapped, byte[] associated);

    @Override
    void close();
}
