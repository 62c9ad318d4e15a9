package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.AeadKey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/**
 * The seal of a file: 32 random bytes that only the appliance's account may read. Opens without a
 * person and protects nothing from whoever gets the file together with the vault.
 */
final class KeyFile {
    private static final int BYTES = 32;

    private KeyFile() {}

    /**
     * Makes the file and the seal. The record keeps the path as it is given; a relative one is
     * taken from {@code base}, the site's folder.
     */
    static Seal create(Path path, Path base, SecureRandom random) {
        Path file = base.resolve(path);
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        try {
            OwnerOnly.create(file, bytes);
        } catch (FileAlreadyExistsException _) {
            Arrays.fill(bytes, (byte) 0);
            throw new SealRefused(
                    "There is a key file in %s already; it is never overwritten.".formatted(file));
        } catch (IOException failure) {
            Arrays.fill(bytes, (byte) 0);
            throw new SealRefused(
                    "The key file %s can't be written: %s."
                            .formatted(file, failure.getClass().getSimpleName()),
                    failure);
        }
        return KekSeal.made(
                SealKind.KEY_FILE, Map.of("file", path.toString()), AeadKey.owning(bytes, random));
    }

    static Seal open(SealRecord record, Path base, SecureRandom random) {
        Path file = base.resolve(record.text("file"));
        AeadKey key = AeadKey.owning(read(file), random);
        return KekSeal.opened(
                record,
                key,
                "The key file %s is another site's or an older one; restore it from the key backup."
                        .formatted(file));
    }

    private static byte[] read(Path file) {
        try {
            OwnerOnly.refuseOthers(file, "the key file");
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(BYTES + 1);
            }
            if (bytes.length != BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw new SealRefused(
                        "The key file %s has %d bytes instead of %d; restore it from the key backup."
                                .formatted(file, Files.size(file), BYTES));
            }
            return bytes;
        } catch (NoSuchFileException _) {
            throw new SealRefused(
                    "There is no key file %s; restore it from the key backup.".formatted(file));
        } catch (IOException failure) {
            throw new SealRefused(
                    "The key file %s can't be read: %s."
                            .formatted(file, failure.getClass().getSimpleName()),
                    failure);
        }
    }
}
