package com.neuralrouter.server.listener;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * X25519 (RFC 7748) for the runtime's TLS, computed by Bouncy Castle: the runtime's own takes three
 * times as long, and that was a third of a handshake (ADR 0024). Installed once for the process by
 * {@link Listeners}; keys that are not its own, and the curve X448, are left to the runtime.
 */
final class FastX25519 extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "NeuralRouterX25519";
    private static final String ALGORITHM = "XDH";

    private FastX25519() {
        super(NAME, "1", "X25519 for TLS");
        putService(
                new Service(
                        this,
                        "KeyPairGenerator",
                        ALGORITHM,
                        Pairs.class.getName(),
                        List.of("X25519"),
                        Map.of()) {
                    @Override
                    public Object newInstance(@Nullable Object parameter) {
                        return new Pairs();
                    }
                });
        putService(
                new Service(
                        this,
                        "KeyAgreement",
                        ALGORITHM,
                        Agreement.class.getName(),
                        List.of("X25519"),
                        Map.of()) {
                    @Override
                    public Object newInstance(@Nullable Object parameter) {
                        return new Agreement();
                    }

                    @Override
                    public boolean supportsParameter(Object key) {
                        return key instanceof Private;
                    }
                });
    }

    /** Does nothing when it is there already. */
    static void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new FastX25519(), 1);
        }
    }

    /** Lives as long as one handshake. */
    private record Private(byte[] scalar) implements XECPrivateKey {
        private static final long serialVersionUID = 1;

        @Override
        public NamedParameterSpec getParams() {
            return NamedParameterSpec.X25519;
        }

        @Override
        public Optional<byte[]> getScalar() {
            return Optional.of(scalar.clone());
        }

        @Override
        public String getAlgorithm() {
            return ALGORITHM;
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }

        @Override
        public String toString() {
            return "X25519 private key, redacted";
        }
    }

    private record Public(BigInteger u) implements XECPublicKey {
        private static final long serialVersionUID = 1;

        @Override
        public BigInteger getU() {
            return u;
        }

        @Override
        public NamedParameterSpec getParams() {
            return NamedParameterSpec.X25519;
        }

        @Override
        public String getAlgorithm() {
            return ALGORITHM;
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private static final class Pairs extends KeyPairGeneratorSpi {
        private SecureRandom random = new SecureRandom();

        @Override
        public void initialize(int bits, @Nullable SecureRandom from) {
            if (bits != 255) {
                throw new IllegalArgumentException("X25519 has 255 bits");
            }
            random = from == null ? random : from;
        }

        @Override
        public void initialize(AlgorithmParameterSpec curve, @Nullable SecureRandom from)
                throws InvalidAlgorithmParameterException {
            if (!(curve instanceof NamedParameterSpec named)
                    || !named.getName().equalsIgnoreCase("X25519")) {
                throw new InvalidAlgorithmParameterException("only X25519");
            }
            random = from == null ? random : from;
        }

        @Override
        public KeyPair generateKeyPair() {
            byte[] scalar = new byte[X25519.SCALAR_SIZE];
            X25519.generatePrivateKey(random, scalar);
            byte[] u = new byte[X25519.POINT_SIZE];
            X25519.generatePublicKey(scalar, 0, u, 0);
            return new KeyPair(new Public(number(u)), new Private(scalar));
        }
    }

    private static final class Agreement extends KeyAgreementSpi {
        private byte[] scalar = {};
        private byte[] secret = {};

        @Override
        protected void engineInit(Key key, @Nullable SecureRandom random)
                throws InvalidKeyException {
            if (!(key instanceof Private own)) {
                throw new InvalidKeyException("not a key of " + NAME);
            }
            scalar = own.scalar();
            secret = new byte[0];
        }

        @Override
        protected void engineInit(
                Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
                throws InvalidKeyException {
            engineInit(key, random);
        }

        @Override
        protected @Nullable Key engineDoPhase(Key key, boolean last) throws InvalidKeyException {
            if (!(key instanceof XECPublicKey peer)
                    || !(peer.getParams() instanceof NamedParameterSpec named)
                    || !named.getName().equalsIgnoreCase("X25519")) {
                throw new InvalidKeyException("only X25519");
            }
            if (scalar.length == 0 || !last) {
                throw new IllegalStateException("X25519 has one phase, after the private key");
            }
            byte[] shared = new byte[X25519.POINT_SIZE];
            // All zeros if the peer's point has a small order (RFC 8446, section 7.4.2).
            if (!X25519.calculateAgreement(scalar, 0, bytes(peer.getU()), 0, shared, 0)) {
                throw new InvalidKeyException("the peer's point has a small order");
            }
            secret = shared;
            return null;
        }

        @Override
        protected byte[] engineGenerateSecret() {
            if (secret.length == 0) {
                throw new IllegalStateException("nothing was agreed on");
            }
            byte[] agreed = secret;
            secret = new byte[0];
            return agreed;
        }

        @Override
        protected int engineGenerateSecret(byte[] into, int at) throws ShortBufferException {
            if (into.length - at < secret.length) {
                throw new ShortBufferException(secret.length + " bytes are needed");
            }
            byte[] agreed = engineGenerateSecret();
            System.arraycopy(agreed, 0, into, at, agreed.length);
            return agreed.length;
        }

        @Override
        protected SecretKey engineGenerateSecret(String algorithm) {
            return new SecretKeySpec(engineGenerateSecret(), algorithm);
        }
    }

    private static BigInteger number(byte[] littleEndian) {
        return new BigInteger(1, reversed(littleEndian));
    }

    private static byte[] bytes(BigInteger number) {
        byte[] bytes = reversed(number.toByteArray());
        return Arrays.copyOf(bytes, X25519.POINT_SIZE);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
