package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;

import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.security.auth.login.FailedLoginException;

/**
 * One session with an HSM's token, logged in until it is closed. The provider is never registered:
 * nothing of it is left in the process but the vendor's library itself.
 *
 * <p>A token has one login for all of a process (PKCS #11, section 2.4: application-wide), so that
 * whoever logs in while another session is open is not asked for the PIN, and its logout ends both.
 * {@link Pkcs11Seal} therefore holds a lock for as long as it has a session.
 */
final class Pkcs11Token implements AutoCloseable {
    /** What the keys that are made here may do, whatever the token's own default is. */
    private static final String ATTRIBUTES =
            """
            attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
              CKA_TOKEN = true
              CKA_PRIVATE = true
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_DECRYPT = true
              CKA_WRAP = false
              CKA_UNWRAP = false
              CKA_SIGN = false
              CKA_VERIFY = false
            }
            """;

    private final Pkcs11Key address;
    private final AuthProvider provider;
    private final KeyStore store;

    private Pkcs11Token(Pkcs11Key address, AuthProvider provider, KeyStore store) {
        this.address = address;
        this.provider = provider;
        this.store = store;
    }

    /** Logs in; throws {@link SealRefused} if the token is not there or refuses the PIN. */
    static Pkcs11Token open(Pkcs11Key address, SecretBytes pin) {
        if (!Files.isRegularFile(address.library())) {
            throw new SealRefused(
                    "There is no PKCS#11 library %s; install the HSM's client."
                            .formatted(address.library()));
        }
        AuthProvider provider = configured(address, slot(address));
        try {
            return new Pkcs11Token(address, provider, loggedIn(provider, pin));
        } catch (SealRefused | IllegalStateException failure) {
            logOut(provider);
            throw failure;
        }
    }

    Provider provider() {
        return provider;
    }

    boolean hasKey() {
        try {
            return store.containsAlias(address.label());
        } catch (GeneralSecurityException | ProviderException failure) {
            throw silent(failure);
        }
    }

    /**
     * The key, which can't leave the token; throws {@link SealRefused} if it is not of the kind.
     */
    SecretKey key() {
        try {
            Key key = store.getKey(address.label(), null);
            if (key == null) {
                throw new SealRefused(
                        "The token %s has no key '%s'; without it the vault can't be opened."
                                .formatted(address.device(), address.label()));
            }
            if (!(key instanceof SecretKey secret)
                    || !key.getAlgorithm().equals("AES")
                    || key.getEncoded() != null) {
                throw new SealRefused(
                        "The key '%s' of the token %s is not an AES key that can't leave it (sensitive, not extractable)."
                                .formatted(address.label(), address.device()));
            }
            return secret;
        } catch (GeneralSecurityException | ProviderException failure) {
            throw silent(failure);
        }
    }

    /** A new AES-256 key in the token, under the label. */
    void makeKey() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
            generator.init(256);
            store.setKeyEntry(address.label(), generator.generateKey(), null, null);
        } catch (GeneralSecurityException | ProviderException failure) {
            throw new SealRefused(
                    "The token %s makes no AES-256 key (sensitive, not extractable); make it with the HSM's own tool and name its label."
                            .formatted(address.device()),
                    failure);
        }
    }

    /** For failures that say nothing about the key or what it wrapped. */
    SealRefused silent(Exception cause) {
        return silent(address, cause);
    }

    @Override
    public void close() {
        logOut(provider);
    }

    private static SealRefused silent(Pkcs11Key address, Exception cause) {
        return new SealRefused(
                "The token %s does not do what it is asked: is it still there, and does it have AES-GCM?"
                        .formatted(address.device()),
                cause);
    }

    private static long slot(Pkcs11Key address) {
        String token = address.device();
        return token.startsWith("slot:")
                ? Long.parseLong(token.substring("slot:".length()))
                : Pkcs11Slots.withToken(address.library(), token.substring("label:".length()));
    }

    /** The configuration is inline, which the two hyphens say. */
    private static AuthProvider configured(Pkcs11Key address, long slot) {
        String configuration =
                """
                --name = neural-router
                library = "%s"
                slot = %d
                destroyTokenAfterLogout = true
                """
                        .formatted(address.library(), slot);
        try {
            Provider provider =
                    Security.getProvider("SunPKCS11").configure(configuration + ATTRIBUTES);
            return (AuthProvider) provider;
        } catch (ProviderException failure) {
            throw silent(address, failure);
        }
    }

    private static KeyStore loggedIn(AuthProvider provider, SecretBytes pin) {
        byte[] bytes = pin.copy();
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        try {
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, characters);
            return store;
        } catch (IOException | GeneralSecurityException | ProviderException failure) {
            throw refusedLogin(failure);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(characters, '\0');
            Arrays.fill(decoded.array(), '\0');
        }
    }

    private static SealRefused refusedLogin(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("CKR_PIN_LOCKED")) {
                return new SealRefused(
                        "The token's PIN is locked after too many wrong ones; its security officer"
                                + " unlocks it.");
            }
            if (cause instanceof FailedLoginException) {
                return new SealRefused(
                        "The token refuses the PIN; most lock themselves after a few wrong ones.");
            }
        }
        return new SealRefused("The token can't be logged in to: is it there?", failure);
    }

    /** The login is the process's: what is not ended stays open for whoever comes next. */
    private static void logOut(AuthProvider provider) {
        try {
            provider.logout();
        } catch (GeneralSecurityException | ProviderException _) {
            // A token that is gone has forgotten its logins.
        }
    }
}
