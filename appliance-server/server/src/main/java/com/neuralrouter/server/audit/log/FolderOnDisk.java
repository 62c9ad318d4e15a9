package com.neuralrouter.server.audit.log;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of the operating system, that only its owner may enter and one process uses. */
final class FolderOnDisk implements LogFolder {
    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel lock;

    private FolderOnDisk(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Makes the folder unless it is there. Throws {@link AuditUnavailable} if it is in use. */
    static FolderOnDisk lock(Path root) {
        PrivateFile.folder(root);
        try {
            FileChannel channel =
                    FileChannel.open(
                            root.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            mode(root));
            if (isOurs(channel)) {
                return new FolderOnDisk(root, channel);
            }
            channel.close();
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(LOCK, failure);
        }
        throw new AuditUnavailable(
                "The audit log in " + root + " is in use by another process; stop that one first.",
                null);
    }

    /** Whether the channel has the lock now, which closing it gives back. */
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            FileLock ours = channel.tryLock();
            return ours != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(root.resolve(name));
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new OpenFile(
                FileChannel.open(
                        root.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public LogFile create(String name) throws IOException {
        Path file = root.resolve(name);
        PrivateFile.folder(Objects.requireNonNull(file.getParent()));
        return new OpenFile(
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        mode(file)));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                root.resolve(from),
                root.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Windows has no such operation and needs none. */
    @Override
    public void forceFolder(String folder) throws IOException {
        Path path = root.resolve(folder);
        if (posix(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static FileAttribute<?>[] mode(Path path) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private record OpenFile(FileChannel channel) implements LogFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            long at = position;
            int read = 0;
            while (into.hasRemaining() && read >= 0) {
                read = channel.read(into, at);
                at += Math.max(0, read);
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
