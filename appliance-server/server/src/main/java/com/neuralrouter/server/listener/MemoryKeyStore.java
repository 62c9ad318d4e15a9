package com.neuralrouter.server.listener;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The form in which the runtime's TLS wants keys and certificates; never written anywhere. */
final class MemoryKeyStore {
    /** Protects nothing: the store lives and dies in this process. */
    private static final char[] NO_PASSWORD = new char[0];

    private MemoryKeyStore() {}

    static KeyStore empty() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new IllegalStateException("an empty key store is read from nowhere", impossible);
        }
    }

    /**
     * "SunX509" and not "PKIX": it takes the key out of the store once, where the other derives the
     * store's password anew (PBKDF2) in every handshake.
     */
    static KeyManager[] keyManagers(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry("listener", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }
}
