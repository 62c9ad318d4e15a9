package com.neuralrouter.desktop.witness;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteAlgorithm;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The key with which this desktop signs checkpoints ({@code cosignature/v1}, Ed25519): made at
 * first need, {@code witness.key} (PKCS#8) beside {@code witness.vkey} (what verifies it). Kept as
 * the device's own key is: in a file that its user alone can read.
 */
final class WitnessKey {
    private static final System.Logger LOG = System.getLogger(WitnessKey.class.getName());
    private static final String NAME = "neural-router-desktop/";

    private final Path key;
    private final Path verifier;

    WitnessKey(Path folder) {
        key = folder.resolve("witness.key");
        verifier = folder.resolve("witness.vkey");
    }

    /** The key; a new one where there is none that can be used. */
    NoteSigner signer() {
        byte[] pkcs8 = new byte[0];
        try {
            if (Files.exists(key) && Files.exists(verifier)) {
                pkcs8 = Files.readAllBytes(key);
                return NoteSigner.of(NoteVerifier.parse(Files.readString(verifier).strip()), pkcs8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedNote | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "the witness's key is damaged, making a new one");
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
        return make();
    }

    private NoteSigner make() {
        byte[] pkcs8 = new byte[0];
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            pkcs8 = pair.getPrivate().getEncoded();
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            var made =
                    NoteVerifier.of(
                            NAME + HexFormat.of().formatHex(digest, 0, 8),
                            NoteAlgorithm.ED25519_COSIGNATURE,
                            pair.getPublic());
            PrivateFile.replace(key, pkcs8);
            PrivateFile.replace(verifier, (made + "\n").getBytes(StandardCharsets.UTF_8));
            return NoteSigner.of(made, pkcs8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519 and SHA-256", e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
