package com.neuralrouter.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a log, from its first entry, into a folder that an auditor can check without us (C2SP
 * tlog-tiles):
 *
 * <pre>
 * checkpoint                the signed checkpoint of the whole export
 * checkpoints/&lt;20 digits&gt;   earlier signed checkpoints, named by their sizes
 * timestamps/&lt;20 digits&gt;.note  earlier ones that a timestamp authority has stamped, and
 * timestamps/&lt;20 digits&gt;.tsr   its answer (RFC 3161) for exactly these bytes
 * keys                      the public keys of the log and of its witnesses, one to a line
 * tile/&lt;level&gt;/...          hashes
 * tile/entries/...          entries
 * AuditVerifier.java        checks all of it with a JDK alone
 * VERIFY.md                 how, and with which programs that are not ours
 * </pre>
 *
 * <p>Use: make one, {@link #append} every entry in order, then {@link #finish}. Until then the
 * folder has no {@code checkpoint}, so that a broken-off export does not pass for a whole one. One
 * thread.
 */
public final class LogExport {
    private static final String VERIFIER = "AuditVerifier.java";
    private static final String MANUAL = "VERIFY.md";

    private final Path folder;
    private final Frontier frontier = new Frontier();
    private final List<byte[]> bundle = new ArrayList<>();

    /** The hashes of each level's tile that is not full yet. */
    private final List<ByteArrayOutputStream> tiles = new ArrayList<>();

    /**
     * Begins an export.
     *
     * @param folder is made; if it is there, it must be empty
     */
    public LogExport(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (Stream<Path> children = Files.list(folder)) {
            if (children.findAny().isPresent()) {
                throw new IOException(
                        "An audit export is written into an empty folder, and "
                                + folder
                                + " is not.");
            }
        }
    }

    /** The next entry, from the first on. */
    public void append(byte[] entry) throws IOException {
        List<Completed> full = new ArrayList<>();
        frontier.append(
                TreeHash.leaf(entry),
                (level, index, hash) -> {
                    if (level % Tiles.HEIGHT == 0) {
                        full.add(new Completed(level / Tiles.HEIGHT, index, hash));
                    }
                });
        bundle.add(entry.clone());
        for (Completed hash : full) {
            append(hash);
        }
        if (bundle.size() == Tiles.WIDTH) {
            writeBundle((frontier.size() - 1) / Tiles.WIDTH);
        }
    }

    private void append(Completed hash) throws IOException {
        if (hash.level() == tiles.size()) {
            tiles.add(new ByteArrayOutputStream(Tiles.WIDTH * TreeHash.LENGTH));
        }
        ByteArrayOutputStream tile = tiles.get(hash.level());
        tile.writeBytes(hash.hash());
        if (tile.size() == Tiles.WIDTH * TreeHash.LENGTH) {
            write(
                    Tiles.path(hash.level(), hash.index() / Tiles.WIDTH, Tiles.WIDTH),
                    tile.toByteArray());
            tile.reset();
        }
    }

    /** A checkpoint with the answer of a timestamp authority for its bytes; before the end. */
    public void stamp(SignedNote note, byte[] token) throws IOException {
        String name = "timestamps/%020d".formatted(Checkpoint.parse(note.text()).size());
        write(name + ".note", note.bytes());
        write(name + ".tsr", token);
    }

    /**
     * Ends the export.
     *
     * @param checkpoint of the tree of all entries appended
     * @param earlier checkpoints of the same log, of different sizes below
     * @param keys of the log, one or more of each kind in use, and of the witnesses
     * @throws IllegalArgumentException if a checkpoint is not of these entries, which only the
     *     newest is compared with here, or not signed by any of the keys
     */
    public void finish(SignedNote checkpoint, List<SignedNote> earlier, List<NoteVerifier> keys)
            throws IOException {
        Checkpoint whole = Checkpoint.parse(checkpoint.text());
        if (whole.size() != frontier.size() || !Arrays.equals(whole.root(), frontier.root())) {
            throw new IllegalArgumentException(
                    "the checkpoint is of %d entries and not of the %d exported"
                            .formatted(whole.size(), frontier.size()));
        }
        if (keys.stream().noneMatch(checkpoint::isSignedBy)) {
            throw new IllegalArgumentException("none of the keys has signed the checkpoint");
        }
        writePartialTiles();
        for (SignedNote note : earlier) {
            long size = Checkpoint.parse(note.text()).size();
            write("checkpoints/%020d".formatted(size), note.bytes());
        }
        write(
                "keys",
                keys.stream()
                        .map(key -> key + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
        write(VERIFIER, resource(VERIFIER));
        write(MANUAL, resource(MANUAL));
        write("checkpoint", checkpoint.bytes());
    }

    private void writePartialTiles() throws IOException {
        for (int level = 0; level < tiles.size(); level++) {
            byte[] hashes = tiles.get(level).toByteArray();
            if (hashes.length > 0) {
                write(
                        Tiles.path(
                                level,
                                Tiles.fullTiles(level, frontier.size()),
                                hashes.length / TreeHash.LENGTH),
                        hashes);
            }
        }
        if (!bundle.isEmpty()) {
            writeBundle(frontier.size() / Tiles.WIDTH);
        }
    }

    private void writeBundle(long index) throws IOException {
        write(Tiles.entriesPath(index, bundle.size()), EntryBundle.encode(bundle));
        bundle.clear();
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    }

    /** The verifier's source and its manual lie in this module's jar. */
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LogExport.class.getResourceAsStream("/tlog/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the module's jar lacks " + name);
            }
            return in.readAllBytes();
        }
    }

    private record Completed(int level, long index, byte[] hash) {}
}
