package com.neuralrouter.server.secret;

import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealRecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The content of {@code keys/vault.json}: nothing in it is a key in the clear. Check values and
 * wrapped keys are hexadecimal. See {@code docs/reference/vault-file.md}.
 *
 * @param format 1
 * @param installation the site's id, which every wrapping is bound to
 * @param rootKeys the versions of the root key that still wrap something, oldest first; the last
 *     one wraps what is new
 * @param seals one that is in force and, while the seal is being changed, the incoming one behind
 *     it; each wraps every version of the root key
 * @param keys the keys of each {@link KeyPurpose}, wrapped under a version of the root key
 */
public record VaultRecord(
        int format,
        UUID installation,
        List<RootEntry> rootKeys,
        List<SealEntry> seals,
        List<KeyEntry> keys) {
    static final int FORMAT = 1;

    public VaultRecord {
        rootKeys = List.copyOf(rootKeys);
        seals = List.copyOf(seals);
        keys = List.copyOf(keys);
        require(format == FORMAT, "its format is " + format + ", which this version does not know");
        require(!rootKeys.isEmpty(), "it names no root key");
        require(
                !seals.isEmpty()
                        && seals.getFirst().state() == SealState.IN_FORCE
                        && seals.stream().skip(1).allMatch(SealEntry::isIncoming)
                        && seals.size() <= 2,
                "it has not exactly one seal in force");
        for (SealEntry seal : seals) {
            for (RootEntry root : rootKeys) {
                require(
                        seal.rootKeys().containsKey(root.version()),
                        "a seal lacks version " + root.version() + " of the root key");
            }
        }
    }

    /** A version of the root key, by its check value. */
    public record RootEntry(int version, String check, Instant createdAt) {}

    /** Whether a seal has proven that it opens. */
    public enum SealState {
        IN_FORCE,
        INCOMING
    }

    /**
     * A seal.
     *
     * @param rootKeys by version, each wrapped by this seal
     */
    public record SealEntry(
            SealState state,
            String kind,
            Map<String, String> parameters,
            Map<Integer, String> rootKeys) {
        public SealEntry {
            parameters = new TreeMap<>(parameters);
            rootKeys = new TreeMap<>(rootKeys);
        }

        static SealEntry of(SealState state, SealRecord seal, Map<Integer, String> rootKeys) {
            return new SealEntry(state, seal.kind().text(), seal.parameters(), rootKeys);
        }

        boolean isIncoming() {
            return state == SealState.INCOMING;
        }

        /** What opens it. Throws {@link VaultUnusable} for a kind that this version lacks. */
        public SealRecord record() {
            SealKind known =
                    SealKind.of(kind)
                            .orElseThrow(() ->
                                    new VaultUnusable(
                                            "The vault's seal is of the kind '"
                                                    + kind
                                                    + "', which this version does not know."));
            return new SealRecord(known, parameters);
        }

        boolean isOf(SealRecord seal) {
            return kind.equals(seal.kind().text()) && parameters.equals(seal.parameters());
        }
    }

    /** A purpose's key, wrapped. */
    public record KeyEntry(
            String purpose, int version, String check, String wrapped, Instant createdAt) {}

    /** The seal that opens the vault. */
    public SealEntry seal() {
        return seals.getFirst();
    }

    /** The seal that is to take its place; empty unless a change of seal is under way. */
    public Optional<SealEntry> incoming() {
        return seals.stream().filter(SealEntry::isIncoming).findFirst();
    }

    /** The newest root key. */
    public RootEntry rootKey() {
        return rootKeys.getLast();
    }

    VaultRecord withSeals(List<SealEntry> others) {
        return new VaultRecord(format, installation, rootKeys, others, keys);
    }

    VaultRecord withRoots(
            List<RootEntry> otherRoots, SealEntry otherSeal, List<KeyEntry> otherKeys) {
        return new VaultRecord(format, installation, otherRoots, List.of(otherSeal), otherKeys);
    }

    VaultRecord withKeys(List<KeyEntry> otherKeys) {
        return new VaultRecord(format, installation, rootKeys, seals, otherKeys);
    }

    VaultRecord withMoreKeys(List<KeyEntry> more) {
        return withKeys(Stream.concat(keys.stream(), more.stream()).toList());
    }

    /** With this key in the place of the ones for its purpose. */
    VaultRecord withInstead(KeyEntry key) {
        return withKeys(
                Stream.concat(
                                keys.stream().filter(each -> !each.purpose().equals(key.purpose())),
                                Stream.of(key))
                        .toList());
    }

    /** Its root keys but those that the predicate of versions leaves out. */
    VaultRecord withoutRootsBefore(int version) {
        return new VaultRecord(
                format,
                installation,
                rootKeys.stream().filter(root -> root.version() >= version).toList(),
                seals.stream().map(seal -> without(seal, version)).toList(),
                keys);
    }

    private static SealEntry without(SealEntry seal, int before) {
        var kept = new TreeMap<>(seal.rootKeys());
        kept.keySet().removeIf(version -> version < before);
        return new SealEntry(seal.state(), seal.kind(), seal.parameters(), kept);
    }

    Optional<KeyEntry> key(KeyPurpose purpose) {
        return newest(keys.stream().filter(key -> key.purpose().equals(purpose.text())));
    }

    private static Optional<KeyEntry> newest(Stream<KeyEntry> entries) {
        return entries.reduce((a, b) -> a.version() >= b.version() ? a : b);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new VaultUnusable(
                    "The vault's file can't be used: "
                            + what
                            + "; restore keys/vault.json from the key backup.");
        }
    }
}
