package com.neuralrouter.server.audit.timestamp;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The timestamps of a log, in {@code audit/timestamps}: for each a signed checkpoint, {@code <20
 * digits of its size>.note}, and the authority's answer for exactly its bytes, {@code .tsr}. Safe
 * for all threads: files are only added.
 */
public record StampFolder(Path root) {
    private static final String NOTE = ".note";
    private static final String TOKEN = ".tsr";

    /**
     * One of them.
     *
     * @param size how many entries the checkpoint covers
     */
    public record Stamped(long size, byte[] note, byte[] token) {}

    void keep(Stamped stamped) {
        PrivateFile.folder(root);
        PrivateFile.replace(file(stamped.size(), TOKEN), stamped.token());
        PrivateFile.replace(file(stamped.size(), NOTE), stamped.note());
    }

    private Path file(long size, String kind) {
        return root.resolve("%020d".formatted(size) + kind);
    }

    /** How many entries the newest covers; 0 if there is none. */
    long newest() {
        return sizes().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Those that cover more than {@code above}, the smallest first. */
    public List<Stamped> above(long above, int limit) {
        return sizes().stream()
                .filter(size -> size > above)
                .limit(limit)
                .map(size -> new Stamped(size, read(size, NOTE), read(size, TOKEN)))
                .toList();
    }

    private byte[] read(long size, String kind) {
        try {
            return Files.readAllBytes(file(size, kind));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<Long> sizes() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(NOTE))
                    .map(name -> Long.valueOf(name.substring(0, name.length() - NOTE.length())))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
