package com.neuralrouter.server.secret;

import com.neuralrouter.server.secret.VaultRecord.KeyEntry;
import com.neuralrouter.server.secret.VaultRecord.RootEntry;
import com.neuralrouter.server.secret.VaultRecord.SealEntry;
import com.neuralrouter.server.secret.seal.Seal;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The versions of a vault's root key in the clear, and what is wrapped under them. Every unwrapping
 * is checked twice: by the wrapping's own authentication and by the check value beside it. Used by
 * one thread at a time; wiped by {@link #close()}.
 */
final class RootKeys implements AutoCloseable {
    private static final String WRAP = "wrap-purpose-key";
    private static final int FIRST = 1;
    private static final HexFormat HEX = HexFormat.of();

    private final UUID installation;
    private final TreeMap<Integer, AesKey> keys = new TreeMap<>();

    RootKeys(UUID installation) {
        this.installation = installation;
    }

    /** Owns the key from then on. */
    RootEntry add(int version, AesKey key, Instant at) {
        keys.put(version, key);
        return new RootEntry(version, HEX.formatHex(key.checkValue()), at);
    }

    /** Takes up every version that the seal opens. Throws {@link VaultUnusable}. */
    void unwrap(VaultRecord record, SealEntry entry, Seal seal) {
        for (RootEntry root : record.rootKeys()) {
            String wrapped = Objects.requireNonNull(entry.rootKeys().get(root.version()));
            AesKey key = AesKey.owning(seal.unwrap(bytes(wrapped), rootPlace(root.version())));
            keys.put(root.version(), key);
            if (!key.hasCheckValue(bytes(root.check()))) {
                throw new VaultUnusable(
                        "The root key that the seal opened does not match its check value; restore"
                                + " keys/vault.json from the key backup.");
            }
        }
    }

    /** Every version, wrapped by the seal. */
    Map<Integer, String> wrappedBy(Seal seal) {
        var wrapped = new TreeMap<Integer, String>();
        keys.forEach((version, key) -> {
            byte[] bytes = key.copy();
            try {
                wrapped.put(version, HEX.formatHex(seal.wrap(bytes, rootPlace(version))));
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        });
        return wrapped;
    }

    /** The first key for each of the purposes. */
    List<KeyEntry> newKeys(Set<KeyPurpose> purposes, SecureRandom random, Instant at) {
        return purposes.stream().map(each -> newKey(each, FIRST, random, at)).toList();
    }

    /** A new random key for the purpose, wrapped under the newest root key. */
    KeyEntry newKey(KeyPurpose purpose, int version, SecureRandom random, Instant at) {
        byte[] key = new byte[purpose.bytes()];
        random.nextBytes(key);
        try {
            return wrap(purpose, version, key, at, random);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    KeyEntry wrap(
            KeyPurpose purpose, int version, byte[] key, Instant createdAt, SecureRandom random) {
        int root = keys.lastKey();
        SealedSecret wrapped =
                keys.lastEntry()
                        .getValue()
                        .seal(WRAP, root, key, keyPlace(purpose, version, root), random);
        return new KeyEntry(
                purpose.text(),
                version,
                HEX.formatHex(AesKey.checkValue(key)),
                HEX.formatHex(wrapped.column()),
                createdAt);
    }

    /** The caller wipes the result. Throws {@link UnopenableSecret} and {@link VaultUnusable}. */
    byte[] unwrap(KeyPurpose purpose, KeyEntry entry) {
        SealedSecret wrapped = SealedSecret.of(bytes(entry.wrapped()));
        int root = wrapped.keyVersion();
        byte[] key = key(root).open(WRAP, wrapped, keyPlace(purpose, entry.version(), root));
        if (key.length != purpose.bytes()
                || !MessageDigest.isEqual(AesKey.checkValue(key), bytes(entry.check()))) {
            Arrays.fill(key, (byte) 0);
            throw new VaultUnusable(
                    "The vault's key for "
                            + purpose.text()
                            + " does not match its check value; restore keys/vault.json from the"
                            + " key backup.");
        }
        return key;
    }

    /** Throws {@link UnopenableSecret} if there is none of that version. */
    AesKey key(int version) {
        AesKey key = keys.get(version);
        if (key == null) {
            throw new UnopenableSecret("version " + version + " of the root key is not there");
        }
        return key;
    }

    void drop(int version) {
        AesKey key = keys.remove(version);
        if (key != null) {
            key.close();
        }
    }

    void dropBefore(int version) {
        Map<Integer, AesKey> old = keys.headMap(version);
        old.values().forEach(AesKey::close);
        old.clear();
    }

    private byte[] rootPlace(int version) {
        return AssociatedData.of("root-key", installation.toString(), Integer.toString(version));
    }

    private byte[] keyPlace(KeyPurpose purpose, int version, int root) {
        return AssociatedData.of(
                "purpose-key",
                installation.toString(),
                purpose.text(),
                Integer.toString(version),
                Integer.toString(root));
    }

    private static byte[] bytes(String hex) {
        try {
            return HEX.parseHex(hex);
        } catch (IllegalArgumentException _) {
            throw new VaultUnusable(
                    "The vault's file has something else than hexadecimal for a key; restore"
                            + " keys/vault.json from the key backup.");
        }
    }

    @Override
    public String toString() {
        return "RootKeys[redacted]";
    }

    @Override
    public void close() {
        keys.values().forEach(AesKey::close);
        keys.clear();
    }
}
