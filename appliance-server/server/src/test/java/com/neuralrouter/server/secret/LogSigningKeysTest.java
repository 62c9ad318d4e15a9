package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.tlog.NoteAlgorithm;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;

import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The keys that sign the audit log follow from the vault's key alone, as their standards say. */
class LogSigningKeysTest {
    private static final byte[] KEY = new byte[32];

    /**
     * Computed apart from this code: HKDF-SHA256 without salt of 32 zero bytes, with Python's hmac.
     */
    private static final String ED25519_SEED =
            "a1b70cdf78a9109c78d50330b88a1ee50fb59a3d46630be34dfb641ce7fda88e";

    private static final String ML_DSA_44_SEED =
            "863e742009e84547a0e5a68c28d1857b02504cea45bb9aed57529018507b7c94";

    @Test
    void areWhatTheJdkMakesOfTheSameSeeds() throws Exception {
        try (LogSigningKeys keys = LogSigningKeys.of(KEY)) {
            var ed = pair(NamedParameterSpec.ED25519, ED25519_SEED);
            var ml = pair(NamedParameterSpec.ML_DSA_44, ML_DSA_44_SEED);

            assertThat(keys.ed25519()).isEqualTo(ed.getPrivate().getEncoded());
            assertThat(keys.mlDsa44()).isEqualTo(ml.getPrivate().getEncoded());
            assertThat(NoteVerifier.of("log", NoteAlgorithm.ED25519, ed.getPublic()).publicKey())
                    .isEqualTo(keys.ed25519Public());
            assertThat(
                            NoteVerifier.of(
                                            "log",
                                            NoteAlgorithm.ML_DSA_44_COSIGNATURE,
                                            ml.getPublic())
                                    .publicKey())
                    .isEqualTo(keys.mlDsa44Public());
        }
    }

    @Test
    void signForTheirPublicKeys() {
        try (LogSigningKeys keys = LogSigningKeys.of(KEY)) {
            var ed = new NoteVerifier("log", NoteAlgorithm.ED25519, keys.ed25519Public());
            var ml =
                    new NoteVerifier(
                            "log", NoteAlgorithm.ML_DSA_44_COSIGNATURE, keys.mlDsa44Public());

            // A signer is tried out when it is made.
            assertThat(NoteSigner.of(ed, keys.ed25519()).verifier()).isEqualTo(ed);
            assertThat(NoteSigner.of(ml, keys.mlDsa44()).verifier()).isEqualTo(ml);
        }
    }

    @Test
    void areOthersForAnotherKeyOfTheVault() {
        byte[] other = new byte[32];
        other[31] = 1;
        try (LogSigningKeys one = LogSigningKeys.of(KEY);
                LogSigningKeys two = LogSigningKeys.of(other)) {
            assertThat(one.ed25519Public()).isNotEqualTo(two.ed25519Public());
            assertThat(one.mlDsa44Public()).isNotEqualTo(two.mlDsa44Public());
            assertThat(one).hasToString("LogSigningKeys[redacted]");
        }
    }

    private static KeyPair pair(NamedParameterSpec kind, String seed) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.getName());
        generator.initialize(kind, new Seed(HexFormat.of().parseHex(seed)));
        return generator.generateKeyPair();
    }

    /** Gives a generator the 32 bytes it asks for. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
            assertThat(Arrays.copyOf(bytes, seed.length)).isEqualTo(seed);
        }
    }
}
