package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.PrivateFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a second server off a site's folder, and tells commands about the one that runs there. The
 * operating system frees the lock when the process ends, however it ends; what a dead server left
 * in the file is then known to be old, because the lock is free.
 */
public final class SiteLock implements AutoCloseable {
    /** Far beyond the content: on Windows a locked part of a file can't be read by others. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LARGEST_FILE = 4096;

    private final FileChannel channel;

    private SiteLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The server that runs on a folder.
     *
     * @param inferencePort the port it got, also where the configuration leaves it to the system
     */
    public record Running(long pid, int inferencePort, int adminPort, int enrolmentPort) {}

    /** Takes the lock; empty if another server has it. */
    public static Optional<SiteLock> take(SiteFolder site) throws IOException {
        return take(site.lock());
    }

    /** Keeps a second restore or drill off the folder; empty if there is one. */
    static Optional<SiteLock> takeForRestoring(SiteFolder site) throws IOException {
        return take(site.lock().resolveSibling("restore.lock"));
    }

    private static Optional<SiteLock> take(Path file) throws IOException {
        PrivateFile.folder(file.resolveSibling(""));
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        return Optional.of(new SiteLock(channel));
    }

    /** Tells commands where the server is; called once it takes requests. */
    public void announce(Running running) throws IOException {
        String text =
                """
                pid=%d
                inference=%d
                admin=%d
                enrolment=%d
                """
                        .formatted(
                                running.pid(),
                                running.inferencePort(),
                                running.adminPort(),
                                running.enrolmentPort());
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        channel.truncate(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    /** The server that runs on the folder; empty if none does, or while it is starting. */
    public static Optional<Running> running(SiteFolder site) throws IOException {
        return isTaken(site) ? announced(Files.readString(site.lock())) : Optional.empty();
    }

    /** Whether a server runs on the folder, or is starting. */
    public static boolean isTaken(SiteFolder site) throws IOException {
        if (!Files.isRegularFile(site.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(site.lock(), StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.truncate(0);
            channel.close();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException _) {
            // Another server in this very process, as in tests.
            return null;
        }
    }

    private static Optional<Running> announced(String text) {
        Map<String, Long> values = new HashMap<>();
        for (String line : text.substring(0, Math.min(text.length(), LARGEST_FILE)).split("\n")) {
            String[] parts = line.split("=", 2);
            if (parts.length == 2 && parts[1].matches("[0-9]{1,18}")) {
                values.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        if (!values.keySet().containsAll(Set.of("pid", "inference", "admin", "enrolment"))) {
            return Optional.empty();
        }
        return Optional.of(
                new Running(
                        values.getOrDefault("pid", 0L),
                        values.getOrDefault("inference", 0L).intValue(),
                        values.getOrDefault("admin", 0L).intValue(),
                        values.getOrDefault("enrolment", 0L).intValue()));
    }
}
