package com.neuralrouter.server.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * The site's root key: 32 random bytes in a file that only the appliance's account may read. Loaded
 * once at start and wiped at the stop; safe for all threads in between.
 */
public final class MasterKey implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final AesKey key;

    private MasterKey(AesKey key) {
        this.key = key;
    }

    /**
     * Makes the file, readable by its owner alone in a folder of the same kind, and forces it to
     * the disk. Throws {@link RootKeyUnusable} if there is one already.
     */
    public static MasterKey create(Path file, SecureRandom random) {
        AesKey key = AesKey.random(random);
        byte[] bytes = key.copy();
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(folder, permissions(folder, "rwx------"));
            Files.createFile(file, permissions(folder, "rw-------"));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(bytes));
                channel.force(true);
            }
            forceFolder(folder);
            return new MasterKey(key);
        } catch (FileAlreadyExistsException _) {
            throw new RootKeyUnusable(
                    "There is a root key in " + file + " already; it is never overwritten.");
        } catch (IOException failure) {
            throw new RootKeyUnusable(
                    "The root key can't be written to "
                            + file
                            + ": "
                            + failure.getClass().getSimpleName()
                            + ".");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Reads the file. Throws {@link RootKeyUnusable} if it is absent, of another size, or if others
     * than its owner may touch it.
     */
    public static MasterKey load(Path file) {
        try {
            refuseOthers(file);
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != AesGcm.KEY_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw new RootKeyUnusable(
                        "The root key in "
                                + file
                                + " has "
                                + bytes.length
                                + " bytes instead of 32; restore it from the key backup.");
            }
            return new MasterKey(AesKey.owning(bytes));
        } catch (NoSuchFileException _) {
            throw new RootKeyUnusable(
                    "There is no root key in " + file + "; restore it from the key backup.");
        } catch (IOException failure) {
            throw new RootKeyUnusable(
                    "The root key in "
                            + file
                            + " can't be read: "
                            + failure.getClass().getSimpleName()
                            + ".");
        }
    }

    private static void refuseOthers(Path file) throws IOException {
        if (!posix(file)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new RootKeyUnusable(
                    "Others may read the root key in "
                            + file
                            + " ("
                            + PosixFilePermissions.toString(permissions)
                            + "); run 'chmod 600' on it, and consider it known.");
        }
    }

    /** Makes the new name durable; Windows has no such operation and needs none. */
    private static void forceFolder(Path folder) throws IOException {
        if (posix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path folder, String permissions) {
        return posix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * A 256-bit key for another room of the appliance, derived for that purpose alone (HKDF-SHA256,
     * RFC 5869); the caller wipes it.
     */
    public byte[] derived(String purpose) {
        return key.derive("room/" + purpose, AesGcm.KEY_BYTES);
    }

    AesKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "MasterKey[redacted]";
    }

    @Override
    public void close() {
        key.close();
    }
}
