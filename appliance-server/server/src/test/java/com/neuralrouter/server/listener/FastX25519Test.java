package com.neuralrouter.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;

import javax.crypto.KeyAgreement;

class FastX25519Test {
    private static final String RUNTIME = "SunEC";

    @BeforeAll
    static void install() {
        FastX25519.install();
    }

    @Test
    void agreesWithTheRuntimesOwn() throws GeneralSecurityException {
        for (int i = 0; i < 200; i++) {
            KeyPair ours = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            KeyPair theirs = KeyPairGenerator.getInstance("X25519", RUNTIME).generateKeyPair();
            KeyAgreement runtime = KeyAgreement.getInstance("XDH", RUNTIME);
            runtime.init(theirs.getPrivate());
            runtime.doPhase(translated((XECPublicKey) ours.getPublic()), true);

            assertThat(agree(ours, theirs.getPublic())).isEqualTo(runtime.generateSecret());
        }
    }

    @Test
    void isWhatTheRuntimesTlsTakes() throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("XDH");
        pairs.initialize(NamedParameterSpec.X25519);
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(pairs.generateKeyPair().getPrivate());

        assertThat(pairs.getProvider().getName()).isEqualTo("NeuralRouterX25519");
        assertThat(agreement.getProvider().getName()).isEqualTo("NeuralRouterX25519");
    }

    @Test
    void leavesOtherCurvesAndKeysToTheRuntime() throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("XDH");
        pairs.initialize(NamedParameterSpec.X448);
        KeyPair x448 = pairs.generateKeyPair();
        KeyPair theirs = KeyPairGenerator.getInstance("X25519", RUNTIME).generateKeyPair();

        assertThat(agree(x448, x448.getPublic())).hasSize(56);
        assertThat(agree(theirs, theirs.getPublic())).hasSize(32);
    }

    /** RFC 7748, section 6.1: the point at 0 and that at 1 have small orders. */
    @Test
    void refusesAPointOfSmallOrder() throws GeneralSecurityException {
        KeyPair ours = KeyPairGenerator.getInstance("X25519").generateKeyPair();

        for (int u : new int[] {0, 1}) {
            assertThatThrownBy(() -> agree(ours, point(BigInteger.valueOf(u))))
                    .isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void showsNoPrivateKey() throws GeneralSecurityException {
        KeyPair ours = KeyPairGenerator.getInstance("X25519").generateKeyPair();

        assertThat(ours.getPrivate().toString()).contains("redacted");
        assertThat(ours.getPrivate().getEncoded()).isNull();
    }

    private static byte[] agree(KeyPair own, PublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    private static PublicKey translated(XECPublicKey key) throws GeneralSecurityException {
        return point(key.getU());
    }

    private static PublicKey point(BigInteger u) throws GeneralSecurityException {
        return KeyFactory.getInstance("XDH", RUNTIME)
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }
}
