package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.CatalogueDocument;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/** Catalogues that a key made for the test has signed. */
public final class TestCatalogues {
    private static final KeyPair KEY = key();

    private TestCatalogues() {}

    static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Believes in the test's key, and comes with one model. */
    public static Catalogues catalogues() {
        CatalogueTrust trust = trust();
        String shipped = signed(10, "{\"id\":\"model-a\",\"contextTokens\":1000}");
        return new Catalogues(trust, trust.verified(shipped, sign(shipped)), new CatalogueStore());
    }

    static CatalogueTrust trust() {
        return new CatalogueTrust(KEY.getPublic());
    }

    /** A file in USD. */
    static String signed(long serial, String... models) {
        return "{\"format\":1,\"serial\":%d,\"issued\":\"2027-01-31\",\"currency\":\"USD\",\"models\":[%s]}"
                .formatted(serial, String.join(",", models));
    }

    static String own(String currency, String... models) {
        return "{\"format\":1,\"currency\":\"%s\",\"models\":[%s]}"
                .formatted(currency, String.join(",", models));
    }

    /** What is known from the files alone. */
    public static Catalogue of(String signed, String own) {
        CatalogueDocument said =
                own.isEmpty()
                        ? new CatalogueDocument(1, null, null, "USD", List.of())
                        : CatalogueFile.own(own);
        return Catalogue.of(CatalogueFile.signed(signed), said, "test");
    }

    public static String sign(String file) {
        return sign(file, KEY.getPrivate());
    }

    static String sign(String file, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(file.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
