package com.neuralrouter.tlog;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes some entries of a log, each with the proof that it is in the log, into a folder that an
 * auditor can check without us and without the rest:
 *
 * <pre>
 * checkpoint          the signed checkpoint that the proofs are of
 * keys                the public keys of the log and of its witnesses, one to a line
 * entries.jsonl       the entries, one to a line, in the log's order
 * proofs              to each line the entry's place, and the hashes of its inclusion proof
 * AuditVerifier.java  checks all of it with a JDK alone
 * VERIFY.md           how
 * </pre>
 *
 * <p>Use: make one, {@link #append} each entry, then {@link #finish}. Until then the folder has no
 * {@code checkpoint}. One thread.
 */
public final class LogPart implements AutoCloseable {
    private static final String ENTRIES = "entries.jsonl";
    private static final String PROOFS = "proofs";

    private final Path folder;
    private final BufferedWriter entries;
    private final BufferedWriter proofs;
    private long next;

    /**
     * Begins.
     *
     * @param folder is made; if it is there, it must be empty
     */
    public LogPart(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (Stream<Path> children = Files.list(folder)) {
            if (children.findAny().isPresent()) {
                throw new IOException(
                        "An audit export is written into an empty folder, and "
                                + folder
                                + " is not.");
            }
        }
        entries = Files.newBufferedWriter(folder.resolve(ENTRIES), StandardOpenOption.CREATE_NEW);
        proofs = Files.newBufferedWriter(folder.resolve(PROOFS), StandardOpenOption.CREATE_NEW);
    }

    /**
     * The next entry.
     *
     * @param index its place in the log, higher than that of the entry before
     * @throws IllegalArgumentException if it is not, or the entry has more than one line
     */
    public void append(long index, String entry, List<byte[]> proof) throws IOException {
        if (index < next || entry.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("no entry " + index + " can follow here");
        }
        next = index + 1;
        entries.write(entry + "\n");
        proofs.write(
                index
                        + proof.stream()
                                .map(hash -> " " + NoteText.base64(hash))
                                .collect(Collectors.joining())
                        + "\n");
    }

    /**
     * Ends it.
     *
     * @throws IllegalArgumentException if none of the keys has signed the checkpoint
     */
    public void finish(SignedNote checkpoint, List<NoteVerifier> keys) throws IOException {
        if (keys.stream().noneMatch(checkpoint::isSignedBy)) {
            throw new IllegalArgumentException("none of the keys has signed the checkpoint");
        }
        close();
        write(
                "keys",
                keys.stream()
                        .map(key -> key + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
        write("AuditVerifier.java", resource("AuditVerifier.java"));
        write("VERIFY.md", resource("VERIFY-PART.md"));
        write("checkpoint", checkpoint.bytes());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes, StandardOpenOption.CREATE_NEW);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LogPart.class.getResourceAsStream("/tlog/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the module's jar lacks " + name);
            }
            return in.readAllBytes();
        }
    }

    /** Gives the files back; what was not finished stays without a checkpoint. */
    @Override
    public void close() throws IOException {
        entries.close();
        proofs.close();
    }
}
