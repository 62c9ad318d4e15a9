package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.server.secret.DetachedSignature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
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
        return new CatalogueTrust(DetachedSignature.key(text(KEY)));
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
        return DetachedSignature.isOf(key, file, signature);
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
