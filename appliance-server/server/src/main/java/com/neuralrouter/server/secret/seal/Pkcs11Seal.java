package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The seal of an HSM: AES-256-GCM in a PKCS#11 token, under a key that can't leave it. It logs in
 * for each operation and out again, so that a token that was away for a while is no trouble, and
 * keeps the PIN while it is open.
 *
 * <p>A wrapped key is one byte 1 (the format), a nonce of 12 bytes and the ciphertext with its tag.
 * The record's check is such a key of zeroes: only the right key in the right token opens it.
 */
final class Pkcs11Seal implements Seal {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES;
    private static final byte[] CHECK_PLACE =
            "neural-router/seal-check/v1".getBytes(StandardCharsets.US_ASCII);

    /** A token's login is the process's: one session at a time, of whichever seal. */
    private static final Lock ONE_LOGIN = new ReentrantLock();

    private static final long LOGIN_SECONDS = 30;

    private final SealRecord record;
    private final Pkcs11Key address;
    private final SecretBytes pin;
    private final SecureRandom random;

    private Pkcs11Seal(SealRecord record, SecretBytes pin, SecureRandom random) {
        this.record = record;
        this.address = Pkcs11Key.of(record);
        this.pin = pin;
        this.random = random;
    }

    /** Takes the key of that label, or makes one; copies the PIN. */
    static Seal create(
            Pkcs11Key address, SecretSource source, SecretBytes pin, SecureRandom random) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("library", address.library().toString());
        parameters.put("token", address.device());
        parameters.put("key", address.label());
        parameters.put("source", source.text());
        awaitLogin();
        try (Pkcs11Token token = Pkcs11Token.open(address, pin)) {
            if (token.hasKey()) {
                refuseShort(token);
            } else {
                token.makeKey();
            }
            byte[] check = encrypt(token, new byte[TAG_BYTES], CHECK_PLACE, random);
            parameters.put("check", HexFormat.of().formatHex(check));
        } finally {
            ONE_LOGIN.unlock();
        }
        SealRecord record = new SealRecord(SealKind.PKCS11, parameters);
        return new Pkcs11Seal(record, SecretBytes.owning(pin.copy()), random);
    }

    /** Logs in and opens the record's check; copies the PIN. */
    static Seal open(SealRecord record, SecretBytes pin, SecureRandom random) {
        Pkcs11Seal seal = new Pkcs11Seal(record, SecretBytes.owning(pin.copy()), random);
        boolean right = false;
        try {
            seal.refuseOtherKey();
            right = true;
        } finally {
            if (!right) {
                seal.close();
            }
        }
        return seal;
    }

    @Override
    public SealRecord record() {
        return record;
    }

    @Override
    public byte[] wrap(byte[] key, byte[] associated) {
        Wrapping.check(key, associated);
        awaitLogin();
        try (Pkcs11Token token = Pkcs11Token.open(address, pin)) {
            refuseOtherKey(token);
            return encrypt(token, key, associated, random);
        } finally {
            ONE_LOGIN.unlock();
        }
    }

    /**
     * Libraries answer a wrong tag and a token that is gone alike. The check, which was opened by
     * this very session before, tells them apart.
     */
    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associated) {
        Wrapping.check(associated);
        awaitLogin();
        try (Pkcs11Token token = Pkcs11Token.open(address, pin)) {
            refuseOtherKey(token);
            return decrypt(token, wrapped, associated);
        } catch (AEADBadTagException _) {
            throw Wrapping.altered();
        } finally {
            ONE_LOGIN.unlock();
        }
    }

    @Override
    public String toString() {
        return "Pkcs11Seal[" + address.device() + "]";
    }

    @Override
    public void close() {
        pin.close();
    }

    private static void awaitLogin() {
        try {
            if (!ONE_LOGIN.tryLock(LOGIN_SECONDS, TimeUnit.SECONDS)) {
                throw new SealRefused(
                        "The HSM has been busy with something else for %d s; its library may hang."
                                .formatted(LOGIN_SECONDS));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SealRefused("Waiting for the HSM was interrupted.", interrupted);
        }
    }

    private void refuseOtherKey() {
        awaitLogin();
        try (Pkcs11Token token = Pkcs11Token.open(address, pin)) {
            refuseOtherKey(token);
        } finally {
            ONE_LOGIN.unlock();
        }
    }

    private void refuseOtherKey(Pkcs11Token token) {
        try {
            decrypt(token, record.bytes("check"), CHECK_PLACE);
        } catch (AEADBadTagException _) {
            throw new SealRefused(
                    "The key '%s' of the token %s is another one than this seal was made with; nothing was opened."
                            .formatted(address.label(), address.device()));
        }
    }

    /**
     * Java tells a token key's length nowhere but in its text, as bits when it was made here and as
     * bytes when it was found (JDK 25). Another text is refused, too.
     */
    private static void refuseShort(Pkcs11Token token) {
        String text = token.key().toString();
        if (!text.contains(" 256 bits ") && !text.contains(" 32 bits ")) {
            throw new SealRefused(
                    "The token has a key of that label, but it is not an AES-256 key; name another"
                            + " label.");
        }
    }

    private static byte[] encrypt(
            Pkcs11Token token, byte[] plain, byte[] associated, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(token, Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
            return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException | ProviderException failure) {
            throw token.silent(failure);
        }
    }

    /** Its length is checked here: SoftHSM takes no bytes at all for a valid ciphertext. */
    private static byte[] decrypt(Pkcs11Token token, byte[] wrapped, byte[] associated)
            throws AEADBadTagException {
        if (wrapped.length <= HEADER_BYTES + TAG_BYTES || wrapped[0] != FORMAT) {
            throw new AEADBadTagException("not a wrapped key");
        }
        byte[] nonce = Arrays.copyOfRange(wrapped, 1, HEADER_BYTES);
        try {
            return cipher(token, Cipher.DECRYPT_MODE, nonce, associated)
                    .doFinal(wrapped, HEADER_BYTES, wrapped.length - HEADER_BYTES);
        } catch (AEADBadTagException wrong) {
            throw wrong;
        } catch (GeneralSecurityException | ProviderException failure) {
            throw token.silent(failure);
        }
    }

    private static Cipher cipher(Pkcs11Token token, int mode, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token.provider());
        cipher.init(mode, token.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
