package com.neuralrouter.server.secret;

import com.neuralrouter.server.secret.VaultRecord.KeyEntry;
import com.neuralrouter.server.secret.VaultRecord.RootEntry;
import com.neuralrouter.server.secret.VaultRecord.SealEntry;
import com.neuralrouter.server.secret.VaultRecord.SealState;
import com.neuralrouter.server.secret.seal.Seal;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A site's vault while it is unsealed: the root key in its versions and what is done with them.
 * There is one for a running appliance; safe for all threads; {@link #close()} wipes every key.
 *
 * <p>Each change replaces the vault's file as a whole before it takes effect in memory, so that
 * what is wrapped under a key is never there before the key is safe on the disk.
 */
public final class Vault implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Vault.class.getName());

    private final Path file;
    private final SecureRandom random;
    private final Clock clock;

    /** Held by whoever uses or changes what is below. */
    private final ReentrantLock holding = new ReentrantLock();

    private VaultRecord record;
    private Seal seal;

    /** Offered by this process, and not confirmed yet. */
    private @Nullable Seal incoming;

    private final RootKeys roots;
    private boolean closed;

    private Vault(
            Path file,
            VaultRecord record,
            Seal seal,
            RootKeys roots,
            SecureRandom random,
            Clock clock) {
        this.file = file;
        this.record = record;
        this.seal = seal;
        this.roots = roots;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a new site's vault and its file; owns the seal from then on. Throws {@link
     * VaultUnusable} if there is one already.
     */
    public static Vault create(
            Path file, UUID installation, Seal seal, SecureRandom random, Clock clock) {
        var roots = new RootKeys(installation);
        try {
            RootEntry first = roots.add(1, AesKey.random(random), clock.instant());
            SealEntry sealed =
                    SealEntry.of(SealState.IN_FORCE, seal.record(), roots.wrappedBy(seal));
            List<KeyEntry> keys =
                    roots.newKeys(EnumSet.allOf(KeyPurpose.class), random, clock.instant());
            var record =
                    new VaultRecord(
                            VaultRecord.FORMAT,
                            installation,
                            List.of(first),
                            List.of(sealed),
                            keys);
            VaultFile.create(file, record);
            return new Vault(file, record, seal, roots, random, clock);
        } catch (RuntimeException failed) {
            roots.close();
            throw failed;
        }
    }

    /**
     * Opens the vault with its seal in force, or with the incoming one, which has then proven that
     * it opens and takes over. Owns the seal from then on. Throws {@link VaultUnusable}, and {@link
     * com.neuralrouter.server.secret.seal.SealRefused} for the wrong seal.
     */
    public static Vault open(Path file, Seal seal, SecureRandom random, Clock clock) {
        VaultRecord record = VaultFile.read(file);
        SealEntry entry =
                record.seals().stream()
                        .filter(each -> each.isOf(seal.record()))
                        .findFirst()
                        .orElseThrow(() ->
                                new VaultUnusable(
                                        "The seal that was opened is not one of this vault's."));
        var roots = new RootKeys(record.installation());
        try {
            roots.unwrap(record, entry, seal);
            var vault = new Vault(file, record, seal, roots, random, clock);
            if (entry.isIncoming()) {
                vault.replace(record.withSeals(List.of(inForce(entry))));
            }
            vault.addLaterKeys(KeyPurpose.OF_THE_AUDIT_LOG);
            vault.addLaterKeys(KeyPurpose.OF_RECEIPTS);
            vault.addLaterKeys(KeyPurpose.OF_CONTENT);
            return vault;
        } catch (RuntimeException failed) {
            roots.close();
            throw failed;
        }
    }

    /**
     * Gives a vault from before these keys were needed all of them. One that lacks only some of
     * them was altered, and is refused when they are asked for.
     */
    private void addLaterKeys(Set<KeyPurpose> later) {
        if (later.stream().allMatch(each -> record.key(each).isEmpty())) {
            replace(record.withMoreKeys(roots.newKeys(later, random, clock.instant())));
        }
    }

    private static SealEntry inForce(SealEntry entry) {
        return new SealEntry(
                SealState.IN_FORCE, entry.kind(), entry.parameters(), entry.rootKeys());
    }

    /** What the vault's file says now. */
    public VaultRecord record() {
        holding.lock();
        try {
            return record;
        } finally {
            holding.unlock();
        }
    }

    /**
     * The key for that purpose alone; the caller wipes it. Throws {@link UnopenableSecret} if it
     * was altered.
     */
    public byte[] key(KeyPurpose purpose) {
        holding.lock();
        try {
            KeyEntry entry =
                    open().key(purpose)
                            .orElseThrow(() ->
                                    new VaultUnusable(
                                            "The vault has no key for "
                                                    + purpose.text()
                                                    + "; restore keys/vault.json from the key"
                                                    + " backup."));
            return roots.unwrap(purpose, entry);
        } finally {
            holding.unlock();
        }
    }

    /**
     * Puts a new key in the place of the one that signs receipts, which is destroyed: what it has
     * signed is verified by its public half, and nothing was sealed under it. Throws {@link
     * VaultUnusable}; the old key stays then.
     */
    public void renewReceiptKey() {
        holding.lock();
        try {
            int version = open().key(KeyPurpose.RECEIPT_SIGNING).orElseThrow().version() + 1;
            replace(
                    record.withInstead(
                            roots.newKey(
                                    KeyPurpose.RECEIPT_SIGNING, version, random, clock.instant())));
        } finally {
            holding.unlock();
        }
    }

    /** Seals under that version of the root key, which the result carries. */
    SealedSecret seal(String purpose, int version, byte[] plain, byte[] associated) {
        holding.lock();
        try {
            open();
            return roots.key(version).seal(purpose, version, plain, associated, random);
        } finally {
            holding.unlock();
        }
    }

    /** Throws {@link UnopenableSecret}. */
    byte[] open(String purpose, SealedSecret sealed, byte[] associated) {
        holding.lock();
        try {
            open();
            return roots.key(sealed.keyVersion()).open(purpose, sealed, associated);
        } finally {
            holding.unlock();
        }
    }

    /**
     * Gives the vault a new root key: the purposes' keys are wrapped under it at once, what lies in
     * the store has to follow, and then {@link #retireRootsBefore} takes the old one away. Throws
     * {@link VaultUnusable} while another rotation or a change of the seal is under way.
     *
     * @return the new version
     */
    public int rotateRoot() {
        holding.lock();
        try {
            refuseUnfinished();
            int version = record.rootKey().version() + 1;
            RootEntry entry = roots.add(version, AesKey.random(random), clock.instant());
            try {
                List<RootEntry> all = new ArrayList<>(record.rootKeys());
                all.add(entry);
                SealEntry sealed =
                        SealEntry.of(SealState.IN_FORCE, seal.record(), roots.wrappedBy(seal));
                replace(record.withRoots(all, sealed, rewrapped()));
            } catch (RuntimeException failed) {
                roots.drop(version);
                throw failed;
            }
            return version;
        } finally {
            holding.unlock();
        }
    }

    private List<KeyEntry> rewrapped() {
        List<KeyEntry> keys = new ArrayList<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            KeyEntry old = record.key(purpose).orElseThrow();
            byte[] key = roots.unwrap(purpose, old);
            try {
                keys.add(roots.wrap(purpose, old.version(), key, old.createdAt(), random));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
        return keys;
    }

    /**
     * Destroys the root keys below that version. Only to be called when nothing is wrapped under
     * them any more.
     */
    public void retireRootsBefore(int version) {
        holding.lock();
        try {
            if (open().rootKey().version() < version) {
                throw new IllegalArgumentException("there is no root key " + version);
            }
            if (record.rootKeys().getFirst().version() < version) {
                replace(record.withoutRootsBefore(version));
                roots.dropBefore(version);
            }
        } finally {
            holding.unlock();
        }
    }

    /**
     * Writes another seal beside the one in force, and owns it from then on. It has to open every
     * root key from what was written; until {@link #confirmSeal} either of the two opens the vault,
     * also after a crash. Repeat the call to offer another one, or after a change that was cut off.
     * Throws {@link VaultUnusable} and {@link com.neuralrouter.server.secret.seal.SealRefused}; the
     * caller owns the seal then.
     */
    public void offerSeal(Seal next) {
        holding.lock();
        try {
            closeQuietly(incoming);
            incoming = null;
            SealEntry entry =
                    SealEntry.of(SealState.INCOMING, next.record(), roots.wrappedBy(next));
            replace(open().withSeals(List.of(record.seal(), entry)));
            try (var proof = new RootKeys(record.installation())) {
                VaultRecord written = VaultFile.read(file);
                proof.unwrap(written, written.incoming().orElseThrow(), next);
            }
            incoming = next;
        } finally {
            holding.unlock();
        }
    }

    /**
     * Puts the seal that was offered in force, alone. Throws {@link VaultUnusable}; the seal in
     * force is then the old one.
     */
    public void confirmSeal() {
        holding.lock();
        try {
            Seal next = incoming;
            if (next == null) {
                throw new VaultUnusable(
                        "No new seal waits to be put in force; begin with 'neural-router seal"
                                + " change'.");
            }
            SealEntry entry = open().incoming().orElseThrow();
            replace(record.withSeals(List.of(inForce(entry))));
            Seal old = seal;
            seal = next;
            incoming = null;
            closeQuietly(old);
        } finally {
            holding.unlock();
        }
    }

    /** The change stands, whatever the old seal's HSM or server makes of its end. */
    private static void closeQuietly(@Nullable Seal old) {
        try {
            if (old != null) {
                old.close();
            }
        } catch (RuntimeException failed) {
            LOG.log(
                    Level.WARNING,
                    "a seal that is not in force any more could not be closed cause={0}",
                    failed.getClass().getName());
        }
    }

    /** Proves that the material of a seal opens this vault, changing nothing: a drill. */
    public void prove(Seal other) {
        holding.lock();
        try (var proof = new RootKeys(open().installation())) {
            SealEntry entry =
                    record.seals().stream()
                            .filter(each -> each.isOf(other.record()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new VaultUnusable(
                                            "The seal that was opened is not one of this"
                                                    + " vault's."));
            proof.unwrap(record, entry, other);
        } finally {
            holding.unlock();
        }
    }

    private void refuseUnfinished() {
        if (open().rootKeys().size() > 1) {
            throw new VaultUnusable(
                    "The root key is being rotated already; wait until that has ended.");
        }
        if (record.incoming().isPresent()) {
            throw new VaultUnusable(
                    "A change of the seal was begun and not ended; end it with 'neural-router seal"
                            + " change' first.");
        }
    }

    private void replace(VaultRecord next) {
        VaultFile.replace(file, next);
        record = next;
    }

    private VaultRecord open() {
        if (closed) {
            throw new IllegalStateException("the vault was used after it had been closed");
        }
        return record;
    }

    @Override
    public String toString() {
        return "Vault[redacted]";
    }

    @Override
    public void close() {
        holding.lock();
        try {
            closed = true;
            roots.close();
            closeQuietly(incoming);
            incoming = null;
            seal.close();
        } finally {
            holding.unlock();
        }
    }
}
