package com.neuralrouter.server.receipt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy of the public keys in the site's folder, so that receipts can be checked on this machine
 * without a running server. Written by the admin plane.
 */
public final class ReceiptKeyFile {
    private final Path path;

    public ReceiptKeyFile(Path path) {
        this.path = path;
    }

    /** Replaced as a whole. */
    void write(byte[] jwks) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.write(fresh, jwks);
            Files.move(
                    fresh,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    path + " can't be written; check the disk's room and the folder's owner",
                    failure);
        }
    }
}
