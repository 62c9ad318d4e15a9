package com.neuralrouter.tlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The ways in which {@link MutationTest} changes an export, and the way back. */
final class Mutations {
    /**
     * One way.
     *
     * @param needsMore whether the folder alone cannot show it: the log's keys or a kept checkpoint
     *     can
     */
    record Kind(String name, boolean needsMore, Mutation mutation) {}

    /** Makes a change and tells which. */
    @FunctionalInterface
    interface Mutation {
        String apply(SplittableRandom random) throws IOException;
    }

    private final TestLog log;
    private final Path folder;
    private final Path scratch;
    private final Map<String, byte[]> original = new HashMap<>();
    private final TestLog strangers = TestLog.ofSize(1, 1);
    private int forgeries;

    Mutations(TestLog log, Path folder, Path scratch) throws IOException {
        this.log = log;
        this.folder = folder;
        this.scratch = scratch;
        for (String name : names()) {
            original.put(name, Files.readAllBytes(folder.resolve(name)));
        }
    }

    List<Kind> kinds() {
        return List.of(
                alone("flip a byte of entries", random -> flip("tile/entries/", random)),
                alone("flip a byte of leaf hashes", random -> flip("tile/0/", random)),
                alone("flip a byte of node hashes", random -> flip("tile/1/", random)),
                alone("flip a byte of the checkpoint", random -> flip("checkpoint", random)),
                alone("flip a byte of an earlier one", random -> flip("checkpoints/", random)),
                alone("flip a byte of the keys", random -> flip("keys", random)),
                alone("drop a file", this::dropFile),
                alone("drop an entry", random -> inBundle(random, this::dropEntry)),
                alone("drop an entry, renumber, rehash", random -> rehashed(random, this::drop)),
                alone("duplicate an entry", random -> inBundle(random, this::duplicateEntry)),
                alone("duplicate an entry, rehash", random -> rehashed(random, this::duplicate)),
                alone("duplicate a file", this::duplicateFile),
                alone("reorder entries", random -> inBundle(random, this::swapEntries)),
                alone("reorder entries, renumber, rehash", r -> rehashed(r, this::swap)),
                alone("reorder files", this::swapFiles),
                alone("truncate a file", this::truncateFile),
                alone("lengthen a file", this::lengthenFile),
                alone("truncate the log, rehash", random -> rehashed(random, this::truncate)),
                alone("truncate to an earlier checkpoint", this::earlierCheckpoint),
                alone("back-date an entry, rehash", random -> rehashed(random, this::backDate)),
                alone("back-date an entry, sign anew", this::backDateSigned),
                alone("take away a signature", this::dropSignature),
                alone("sign with another key", this::strangersSignature),
                more("fork, sign with other keys", this::forkByStrangers),
                more("fork, sign with the log's keys", this::forkByTheLog),
                more("back-date all, sign with the log's keys", this::backDateAll),
                more("an older copy of everything", this::olderCopy));
    }

    /** As if nothing had happened. */
    void restore() throws IOException {
        for (String name : names()) {
            if (!original.containsKey(name)) {
                Files.delete(folder.resolve(name));
            }
        }
        for (Map.Entry<String, byte[]> file : original.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                write(file.getKey(), file.getValue());
            }
        }
    }

    private static Kind alone(String name, Mutation mutation) {
        return new Kind(name, false, mutation);
    }

    private static Kind more(String name, Mutation mutation) {
        return new Kind(name, true, mutation);
    }

    // Files

    private String flip(String under, SplittableRandom random) throws IOException {
        String name = any(under, random);
        byte[] bytes = original.get(name).clone();
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) random.nextInt(1, 256);
        write(name, bytes);
        return name + " at " + at;
    }

    /** An earlier checkpoint may be left out: nothing of the log is lost with it. */
    private String dropFile(SplittableRandom random) throws IOException {
        String[] kinds = {"tile/", "tile/entries/", "keys", "checkpoint"};
        String kind = kinds[random.nextInt(kinds.length)];
        String name = kind.endsWith("/") ? any(kind, random) : kind;
        Files.delete(folder.resolve(name));
        return name;
    }

    private String duplicateFile(SplittableRandom random) throws IOException {
        String name = any("tile/", random);
        String copy = name.replaceFirst("/\\d{3}(\\.p/\\d+)?$", "/" + random.nextInt(100, 999));
        write(copy, original.get(name));
        return name + " as " + copy;
    }

    private String swapFiles(SplittableRandom random) throws IOException {
        String[] kinds = {"tile/entries/", "tile/0/", "checkpoints/"};
        String kind = kinds[random.nextInt(kinds.length)];
        String one = any(kind, random);
        String other = any(kind, random);
        while (other.equals(one)) {
            other = any(kind, random);
        }
        write(one, original.get(other));
        write(other, original.get(one));
        return one + " and " + other;
    }

    private String truncateFile(SplittableRandom random) throws IOException {
        String name = anyEvidence(random);
        byte[] bytes = original.get(name);
        write(name, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        return name;
    }

    private String lengthenFile(SplittableRandom random) throws IOException {
        String name = anyEvidence(random);
        byte[] bytes = original.get(name);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
        for (int i = bytes.length; i < longer.length; i++) {
            longer[i] = bytes[random.nextInt(bytes.length)];
        }
        write(name, longer);
        return name;
    }

    // Entries in their bundle, the hashes left as they are

    private interface BundleChange {
        void apply(List<byte[]> entries, SplittableRandom random);
    }

    private String inBundle(SplittableRandom random, BundleChange change) throws IOException {
        String name = any("tile/entries/", random);
        List<byte[]> entries = new ArrayList<>(EntryBundle.decode(original.get(name)));
        change.apply(entries, random);
        write(name, entries.size() > 256 ? oversized(entries) : EntryBundle.encode(entries));
        return name;
    }

    private static byte[] oversized(List<byte[]> entries) {
        byte[] most = EntryBundle.encode(entries.subList(0, 256));
        byte[] last = EntryBundle.encode(entries.subList(256, entries.size()));
        byte[] all = Arrays.copyOf(most, most.length + last.length);
        System.arraycopy(last, 0, all, most.length, last.length);
        return all;
    }

    private void dropEntry(List<byte[]> entries, SplittableRandom random) {
        entries.remove(random.nextInt(entries.size()));
    }

    private void duplicateEntry(List<byte[]> entries, SplittableRandom random) {
        int at = random.nextInt(entries.size());
        entries.add(random.nextInt(entries.size() + 1), entries.get(at));
    }

    private void swapEntries(List<byte[]> entries, SplittableRandom random) {
        int one = random.nextInt(entries.size());
        Collections.swap(entries, one, (one + random.nextInt(1, entries.size())) % entries.size());
    }

    // Entries with all hashes computed anew, by someone without the log's keys

    private interface LogChange {
        String apply(TestLog forged, SplittableRandom random);
    }

    private String rehashed(SplittableRandom random, LogChange change) throws IOException {
        TestLog forged = log.forged();
        String what = change.apply(forged, random);
        Path copy = export(forged, log.signers());
        replaceTiles(copy);
        return what;
    }

    private String drop(TestLog forged, SplittableRandom random) {
        int at = random.nextInt(forged.entries.size());
        forged.entries.remove(at);
        forged.renumber();
        return "entry " + at;
    }

    private String duplicate(TestLog forged, SplittableRandom random) {
        int at = random.nextInt(forged.entries.size());
        forged.entries.add(at, forged.entries.get(at));
        if (random.nextBoolean()) {
            forged.renumber();
        }
        return "entry " + at;
    }

    private String swap(TestLog forged, SplittableRandom random) {
        int at = random.nextInt(forged.entries.size() - 1);
        Collections.swap(forged.entries, at, at + 1);
        forged.renumber();
        return "entries " + at + " and the next";
    }

    private String truncate(TestLog forged, SplittableRandom random) {
        int size = random.nextInt(1, forged.entries.size());
        forged.entries.subList(size, forged.entries.size()).clear();
        return "to " + size;
    }

    private String backDate(TestLog forged, SplittableRandom random) {
        int at = random.nextInt(forged.entries.size());
        forged.change(
                at, "time", forged.time(at).minusMillis(random.nextInt(1, 100_000)).toString());
        return "entry " + at;
    }

    // With signatures

    /** The newest checkpoint is signed anew, the earlier ones or the times give it away. */
    private String backDateSigned(SplittableRandom random) throws IOException {
        TestLog forged = log.forged();
        int at = random.nextInt(300, forged.entries.size());
        Instant before = forged.time(at - 1);
        forged.change(at, "time", before.minusMillis(random.nextInt(1, 9_000)).toString());
        Path copy = export(forged, log.signers());
        replaceTiles(copy);
        write("checkpoint", Files.readAllBytes(copy.resolve("checkpoint")));
        return "entry " + at;
    }

    private String earlierCheckpoint(SplittableRandom random) throws IOException {
        String name = any("checkpoints/", random);
        write("checkpoint", original.get(name));
        return name;
    }

    private String dropSignature(SplittableRandom random) throws IOException {
        String name = any("checkpoint", random);
        SignedNote note = SignedNote.parse(original.get(name));
        int left = random.nextInt(2);
        write(name, new SignedNote(note.text(), List.of(note.signatures().get(left))).bytes());
        return name;
    }

    private String strangersSignature(SplittableRandom random) throws IOException {
        String name = any("checkpoint", random);
        SignedNote note = SignedNote.parse(original.get(name));
        NoteSigner stranger = random.nextBoolean() ? strangers.ed25519 : strangers.mlDsa;
        NoteSignature signature = stranger.sign(note.text(), Instant.EPOCH);
        boolean instead = random.nextBoolean();
        List<NoteSignature> signatures = new ArrayList<>(note.signatures());
        if (instead) {
            signatures.removeFirst();
        }
        signatures.add(signature);
        write(name, new SignedNote(note.text(), signatures).bytes());
        return name;
    }

    /** A perfect log with one entry changed, but with keys of the forger's own. */
    private String forkByStrangers(SplittableRandom random) throws IOException {
        TestLog forged = log.forged();
        int at = random.nextInt(forged.entries.size());
        forged.change(at, "outcome", "denied");
        replaceAll(export(forged, strangers.signers(), 256, 700));
        return "at " + at;
    }

    /** A perfect log, signed by the log itself, that differs in what a kept checkpoint covers. */
    private String forkByTheLog(SplittableRandom random) throws IOException {
        TestLog forged = log.forged();
        int at = random.nextInt(1_400);
        forged.change(at, "outcome", "denied");
        replaceAll(export(forged, log.signers(), 256, 700));
        return "at " + at;
    }

    private String backDateAll(SplittableRandom random) throws IOException {
        TestLog forged = log.forged();
        long back = random.nextLong(1, 1_000_000);
        for (int i = 0; i < forged.entries.size(); i++) {
            forged.change(i, "time", forged.time(i).minusSeconds(back).toString());
        }
        replaceAll(export(forged, log.signers(), 256, 700));
        return back + " s";
    }

    private String olderCopy(SplittableRandom random) throws IOException {
        TestLog older = log.forged();
        int size = random.nextInt(1, 1_400);
        older.entries.subList(size, older.entries.size()).clear();
        replaceAll(export(older, log.signers()));
        return "of " + size;
    }

    private Path export(TestLog forged, List<NoteSigner> signers, Integer... earlier)
            throws IOException {
        forgeries++;
        Path copy = scratch.resolve("forgery-" + forgeries);
        forged.export(copy, signers, earlier);
        return copy;
    }

    private void replaceTiles(Path copy) throws IOException {
        for (String name : names()) {
            if (name.startsWith("tile/")) {
                Files.delete(folder.resolve(name));
            }
        }
        for (String name : names(copy)) {
            if (name.startsWith("tile/")) {
                write(name, Files.readAllBytes(copy.resolve(name)));
            }
        }
    }

    private void replaceAll(Path copy) throws IOException {
        for (String name : names()) {
            Files.delete(folder.resolve(name));
        }
        for (String name : names(copy)) {
            write(name, Files.readAllBytes(copy.resolve(name)));
        }
    }

    private String anyEvidence(SplittableRandom random) {
        String[] kinds = {"tile/", "checkpoint", "keys"};
        return any(kinds[random.nextInt(kinds.length)], random);
    }

    /** A file of the original whose path begins so. */
    private String any(String under, SplittableRandom random) {
        List<String> names =
                original.keySet().stream().filter(name -> name.startsWith(under)).sorted().toList();
        return names.get(random.nextInt(names.size()));
    }

    private List<String> names() throws IOException {
        return names(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
