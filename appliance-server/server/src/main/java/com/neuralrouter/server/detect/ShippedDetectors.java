package com.neuralrouter.server.detect;

import com.neuralrouter.server.secret.DetachedSignature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;

/**
 * The catalogue of detectors that comes with this version. Its signature (Ed25519, RFC 8032) is
 * over the file's bytes, by a key that is kept apart from the sources.
 */
public final class ShippedDetectors {
    private static final String DOCUMENT = "/guardrail/detectors.json";
    private static final String SIGNATURE = "/guardrail/detectors.json.sig";
    private static final String KEY = "/guardrail/detectors-key.pub";

    private ShippedDetectors() {}

    /** Throws {@link IllegalStateException} if it is not as it was signed. */
    public static DetectorCatalogue catalogue() {
        byte[] document = resource(DOCUMENT);
        demandSigned(document, resource(SIGNATURE), resource(KEY));
        return DetectorCatalogue.of(document);
    }

    /**
     * Throws {@link IllegalStateException} if that is not the key's signature of the document.
     *
     * @param signature Base64
     * @param key a SubjectPublicKeyInfo in Base64
     */
    static void demandSigned(byte[] document, byte[] signature, byte[] key) {
        PublicKey trusted = DetachedSignature.key(new String(key, StandardCharsets.US_ASCII));
        boolean signed;
        try {
            byte[] raw = Base64.getMimeDecoder().decode(signature);
            signed = DetachedSignature.isOf(trusted, document, raw);
        } catch (IllegalArgumentException _) {
            signed = false;
        }
        if (!signed) {
            throw new IllegalStateException(
                    "the catalogue of detectors is not as it was signed; install this version"
                            + " again");
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = ShippedDetectors.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
