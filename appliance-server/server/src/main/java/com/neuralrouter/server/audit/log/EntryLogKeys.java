package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.LogKey;
import com.neuralrouter.server.secret.LogSigningKeys;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.NoteAlgorithm;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A log's name and its keys: the one its segments lie under, and the two that sign its checkpoints.
 * Safe for all threads until its owner, which is the {@link EntryLog}, closes it.
 */
public final class EntryLogKeys implements AutoCloseable {
    private final String origin;
    private final LogKey entries;
    private final List<NoteSigner> signers;

    private EntryLogKeys(String origin, LogKey entries, List<NoteSigner> signers) {
        this.origin = origin;
        this.entries = entries;
        this.signers = signers;
    }

    /** Those of the vault's site; its log is called {@code nr.<installation>/audit}. */
    public static EntryLogKeys of(Vault vault) {
        String origin = "nr." + vault.record().installation() + "/audit";
        byte[] signing = vault.key(KeyPurpose.AUDIT_SIGNING);
        try (LogSigningKeys keys = LogSigningKeys.of(signing)) {
            List<NoteSigner> signers =
                    List.of(
                            signer(
                                    origin,
                                    NoteAlgorithm.ED25519,
                                    keys.ed25519Public(),
                                    keys.ed25519()),
                            signer(
                                    origin,
                                    NoteAlgorithm.ML_DSA_44_COSIGNATURE,
                                    keys.mlDsa44Public(),
                                    keys.mlDsa44()));
            return new EntryLogKeys(
                    origin, LogKey.owning(vault.key(KeyPurpose.AUDIT_ENTRIES)), signers);
        } finally {
            Arrays.fill(signing, (byte) 0);
        }
    }

    /** With which the vault's site signs other sites' checkpoints, as {@code …/witness}. */
    public static NoteSigner witness(Vault vault) {
        byte[] signing = vault.key(KeyPurpose.AUDIT_SIGNING);
        try (LogSigningKeys keys = LogSigningKeys.of(signing)) {
            return signer(
                    "nr." + vault.record().installation() + "/witness",
                    NoteAlgorithm.ED25519_COSIGNATURE,
                    keys.witnessPublic(),
                    keys.witness());
        } finally {
            Arrays.fill(signing, (byte) 0);
        }
    }

    private static NoteSigner signer(
            String origin, NoteAlgorithm algorithm, byte[] publicKey, byte[] privateKey) {
        try {
            return NoteSigner.of(new NoteVerifier(origin, algorithm, publicKey), privateKey);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** The log's name, which stands in every checkpoint. */
    public String origin() {
        return origin;
    }

    /** What verifies its checkpoints: Ed25519 first, then ML-DSA-44. */
    public List<NoteVerifier> verifiers() {
        return signers.stream().map(NoteSigner::verifier).toList();
    }

    LogKey entries() {
        return entries;
    }

    SignedNote sign(Checkpoint checkpoint, Instant time) {
        return NoteSigner.signAll(checkpoint.text(), time, signers);
    }

    @Override
    public String toString() {
        return "EntryLogKeys[" + origin + ", keys redacted]";
    }

    @Override
    public void close() {
        entries.close();
    }
}
