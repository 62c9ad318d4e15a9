package com.neuralrouter.server.backup;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups of one kind. A file has a backup's name only when it is whole, on the disk
 * and was read back; until then it is {@code .NAME.part}. Used by one process at a time for
 * writing; reading is free.
 */
public final class BackupFolder {
    private static final String SUFFIX = ".nrbackup";
    private static final String PART = ".part";
    private static final Pattern NAME =
            Pattern.compile("(data|keys)-[0-9]{8}T[0-9]{9}Z\\.nrbackup");

    /** The part, and what {@link PrivateFile} makes before it. */
    private static final Pattern REMAINS =
            Pattern.compile("\\.{1,2}(data|keys)-.*\\.nrbackup\\.part(\\.new)?");

    /** To the millisecond, and in the order of time when sorted as text. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final BackupKind kind;

    public BackupFolder(Path folder, BackupKind kind) {
        this.folder = folder.toAbsolutePath().normalize();
        this.kind = kind;
    }

    public Path path() {
        return folder;
    }

    public BackupKind kind() {
        return kind;
    }

    /** What a backup of that moment is called. */
    static String name(BackupKind kind, Instant at) {
        return kind.word() + "-" + TIME.format(at) + SUFFIX;
    }

    /** Whether it is the name of a backup, and so no way out of the folder. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Writes to an empty channel, or checks what was written. */
    interface Step<T> {
        void run(T on) throws IOException;
    }

    /**
     * Makes a backup: writes, forces, reads back and only then gives it its name. If anything
     * fails, nothing is left.
     */
    Path add(String name, Step<FileChannel> write, Step<Path> check) throws IOException {
        PrivateFile.folder(folder);
        Path target = folder.resolve(name);
        Path part = folder.resolve("." + name + PART);
        if (Files.exists(target)) {
            throw new IOException("There is a backup " + target + " already.");
        }
        try {
            PrivateFile.create(part, new byte[0]);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                write.run(channel);
            }
            check.run(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
            return target;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The backups that are there, the oldest first; by their names, which say when. */
    public List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isName(file.getFileName().toString()))
                    .filter(file -> file.getFileName().toString().startsWith(kind.word()))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            // What stands in the way is told when a backup is to be made.
            return List.of();
        }
    }

    /** When the backup of that name was made. */
    static Instant madeAt(Path backup) {
        String name = backup.getFileName().toString();
        return Instant.from(
                TIME.parse(name.substring(name.indexOf('-') + 1, name.length() - SUFFIX.length())));
    }

    /** Takes away what a process that was killed had not finished. */
    void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (REMAINS.matcher(name).matches() && name.contains(kind.word() + "-")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Those older than the limit, but never the newest of all: when no new backup can be made the
     * last one stays.
     */
    List<Path> expired(Instant limit) throws IOException {
        List<Path> all = all();
        return all.stream()
                .limit(Math.max(0, all.size() - 1))
                .filter(file -> madeAt(file).isBefore(limit))
                .toList();
    }

    /** Makes names durable; Windows has no such operation and needs none. */
    static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
