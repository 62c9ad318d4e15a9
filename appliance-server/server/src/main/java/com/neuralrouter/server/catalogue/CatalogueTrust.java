package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.CatalogueDocument;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Whose signed catalogues are believed: the holder of one Ed25519 key (RFC 8032). The signature is
 * over the file's bytes. Safe for all threads.
 */
public final class CatalogueTrust {
    private static final String KEY = "/catalogue/catalogue-key.pub";
    private static final String DOCUMENT = "/catalogue/models.json";
    private static final String SIGNATURE = "/catalogue/models.json.sig";
    private static final int SIGNATURE_BYTES = 64;

    private final PublicKey key;

    public CatalogueTrust(PublicKey key) {
        this.key = key;
    }

    /** In the key that is built into this version. */
    public static CatalogueTrust builtIn() {
        byte[] spki = Base64.getDecoder().decode(text(KEY).strip());
        try {
            return new CatalogueTrust(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the built-in key can't be read", impossible);
        }
    }

    /** The catalogue that comes with this version, as verified as any other. */
    public CatalogueDocument shipped() {
        return verified(text(DOCUMENT), text(SIGNATURE));
    }

    /**
     * The catalogue in the file. Throws {@link CatalogueRefused} unless the signature is the key's
     * and the file is a signed catalogue of a form that this version knows.
     *
     * @param signature in Base64
     */
    public CatalogueDocument verified(String file, String signature) {
        byte[] raw = decoded(signature);
        if (raw.length != SIGNATURE_BYTES || !signs(raw, file.getBytes(StandardCharsets.UTF_8))) {
            throw new CatalogueRefused(
                    "The signature is not that of this file by the key that this version of the"
                            + " appliance trusts; fetch both again.");
        }
        return CatalogueFile.signed(file);
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getDecoder().decode(signature.strip());
        } catch (IllegalArgumentException _) {
            throw new CatalogueRefused("The signature is not Base64 of an Ed25519 signature.");
        }
    }

    private boolean signs(byte[] signature, byte[] file) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(file);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static String text(String resource) {
        try (InputStream in = CatalogueTrust.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
