package com.neuralrouter.certs.trust;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Who one end of a TLS connection is: a private key and the certificate chain over it, the leaf
 * first. An instance that exists has a key that fits its leaf. Listeners, the command and the
 * desktop each have one. Immutable.
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final String ALIAS = "identity";

    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new CertificateProblem("An identity needs a certificate.");
        }
        if (!fits(key, chain.getFirst())) {
            throw new CertificateProblem("The private key does not belong to the certificate.");
        }
    }

    /** The certificate of the key itself. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /**
     * Writes PKCS#12 as the JDK does (PBES2 with AES-256 and HMAC-SHA-256, MAC with HMAC-SHA-256):
     * the JDK, openssl 1.1.1 and later, Windows and macOS read it.
     */
    public byte[] toPkcs12(char[] password) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            keyStore(password).store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateProblem("The key store cannot be written.", e);
        }
    }

    /** Reads PKCS#12 with exactly one private key. */
    public static TlsIdentity ofPkcs12(byte[] bytes, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return new TlsIdentity(key, x509(store.getCertificateChain(alias)));
                }
            }
            throw new CertificateProblem("The key store holds no private key.");
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateProblem(
                    "The key store is damaged, or its password is another one.", e);
        }
    }

    /** For an {@link javax.net.ssl.SSLContext}. */
    public KeyManager[] keyManagers() {
        char[] password = new char[0];
        try {
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keyStore(password), password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateProblem("The key cannot be used for TLS.", e);
        }
    }

    @Override
    public String toString() {
        return "TlsIdentity[key=redacted, subject=" + leaf().getSubjectX500Principal() + "]";
    }

    private KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key, password, chain.toArray(X509Certificate[]::new));
        return store;
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private static boolean fits(PrivateKey key, X509Certificate leaf) {
        byte[] probe = {1, 2, 3};
        try {
            String algorithm =
                    switch (leaf.getPublicKey().getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> "EdDSA";
                    };
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(leaf.getPublicKey());
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
