package com.neuralrouter.tlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A log of entries shaped like the audit trail's, with its keys, to be exported and forged. */
final class TestLog {
    static final String ORIGIN = "nr.example/audit";
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    final NoteSigner ed25519;
    final NoteSigner mlDsa;
    final List<Map<String, Object>> entries = new ArrayList<>();

    /** What has been written already, by the entry itself. */
    private final Map<Map<String, Object>, byte[]> written = new IdentityHashMap<>();

    private TestLog() {
        this(
                TestKeys.signer(ORIGIN, NoteAlgorithm.ED25519),
                TestKeys.signer(ORIGIN, NoteAlgorithm.ML_DSA_44_COSIGNATURE));
    }

    private TestLog(NoteSigner ed25519, NoteSigner mlDsa) {
        this.ed25519 = ed25519;
        this.mlDsa = mlDsa;
    }

    static TestLog ofSize(int size, long seed) {
        TestLog log = new TestLog();
        SplittableRandom random = new SplittableRandom(seed);
        Instant time = START;
        for (int i = 0; i < size; i++) {
            time = time.plusNanos(random.nextInt(3) * 37_000_123L);
            log.entries.add(entry(i, time, random));
        }
        return log;
    }

    static Map<String, Object> entry(long sequence, Instant time, SplittableRandom random) {
        Map<String, Object> entry = new HashMap<>();
        entry.put("v", 1);
        entry.put("sequence", sequence);
        entry.put("time", time.toString());
        entry.put("actor", Map.of("type", "person", "id", hash(random)));
        entry.put("address", hash(random));
        entry.put("workspace", "0193e2c0-7b1d-7c3a-9b1f-" + random.nextInt(100_000, 999_999));
        entry.put("action", random.nextBoolean() ? "api_key.created" : "inference.completed");
        entry.put("target", hash(random));
        entry.put("outcome", "done");
        entry.put("site", 17);
        entry.put(
                "details",
                Map.of(
                        "sequence",
                        "a \"quoted\\ one\"",
                        "time",
                        List.of(1, Map.of("{", "}]"), "é\n")));
        return entry;
    }

    List<NoteSigner> signers() {
        return List.of(ed25519, mlDsa);
    }

    List<NoteVerifier> keys() {
        return signers().stream().map(NoteSigner::verifier).toList();
    }

    /** As bytes, in order. */
    List<byte[]> leaves() {
        return entries.stream()
                .map(entry -> written.computeIfAbsent(entry, CanonicalJson::write))
                .toList();
    }

    /** The checkpoint of the first entries, signed after the last of all. */
    SignedNote checkpoint(int size, List<NoteSigner> signers) {
        Frontier frontier = new Frontier();
        leaves().subList(0, size).forEach(leaf -> frontier.append(TreeHash.leaf(leaf)));
        return signed(frontier, signers);
    }

    /** Exports all entries, with checkpoints at these sizes too. */
    void export(Path folder, List<NoteSigner> signers, Integer... earlier) throws IOException {
        LogExport export = new LogExport(folder);
        Frontier frontier = new Frontier();
        List<SignedNote> checkpoints = new ArrayList<>();
        for (byte[] leaf : leaves()) {
            if (List.of(earlier).contains((int) frontier.size())) {
                checkpoints.add(signed(frontier, signers));
            }
            export.append(leaf);
            frontier.append(TreeHash.leaf(leaf));
        }
        export.finish(
                signed(frontier, signers),
                checkpoints,
                signers.stream().map(NoteSigner::verifier).toList());
    }

    private SignedNote signed(Frontier frontier, List<NoteSigner> signers) {
        return NoteSigner.signAll(
                new Checkpoint(ORIGIN, frontier.size(), frontier.root()).text(),
                time(entries.size() - 1).plusSeconds(1),
                signers);
    }

    /** The same entries under the same keys, to be changed apart. */
    TestLog forged() {
        TestLog forged = new TestLog(ed25519, mlDsa);
        forged.entries.addAll(entries);
        forged.written.putAll(written);
        return forged;
    }

    Instant time(int index) {
        return Instant.parse(entries.get(index).get("time").toString());
    }

    /** Puts an entry in place of another that differs in this member. */
    void change(int index, String member, Object value) {
        Map<String, Object> changed = new HashMap<>(entries.get(index));
        changed.put(member, value);
        entries.set(index, changed);
    }

    void renumber() {
        for (int i = 0; i < entries.size(); i++) {
            if (!Long.valueOf(i).equals(entries.get(i).get("sequence"))) {
                change(i, "sequence", (long) i);
            }
        }
    }

    private static String hash(SplittableRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return NoteText.base64(bytes);
    }
}
