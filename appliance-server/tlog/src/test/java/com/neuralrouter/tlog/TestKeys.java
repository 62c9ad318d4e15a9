package com.neuralrouter.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Fresh keys for tests. */
final class TestKeys {
    private TestKeys() {}

    static NoteSigner signer(String name, NoteAlgorithm algorithm) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm.jcaName()).generateKeyPair();
            return NoteSigner.of(
                    NoteVerifier.of(name, algorithm, pair.getPublic()),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
