package com.neuralrouter.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The first page of a store's file, in the clear: by it a file is recognised before a byte of it is
 * decrypted, so that a wrong key is told as one and never looks like damage. Written once, when the
 * file is made.
 *
 * <p>Format 1, numbers big-endian: 16 bytes of name, 4 bytes of format, 4 bytes of page size, 16
 * bytes of salt, 16 bytes of the key's check value for that salt, zeros; the last 32 bytes are the
 * SHA-256 of all before them.
 */
final class StoreHeader {
    static final int BYTES = PageCipher.PAGE_BYTES;

    private static final byte[] NAME = "NeuralRouterFile".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int SALT_BYTES = 16;
    private static final int SALT_AT = NAME.length + 2 * Integer.BYTES;
    private static final int DIGEST_BYTES = 32;

    /** How H2's own files begin, those of the appliance before 0.2 among them. */
    private static final byte[] PLAIN_H2 = "H:2,".getBytes(StandardCharsets.US_ASCII);

    private StoreHeader() {}

    /** A new file's header for that key. */
    static byte[] bytes(PageCipher cipher) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.put(NAME).putInt(FORMAT).putInt(PageCipher.PAGE_BYTES).put(salt);
        header.put(cipher.checkValue(salt));
        header.position(BYTES - DIGEST_BYTES);
        header.put(digest(header.array()));
        return header.array();
    }

    /** What names the file: no other has the same. */
    static byte[] salt(FileChannel file) throws IOException {
        ByteBuffer salt = ByteBuffer.allocate(SALT_BYTES);
        file.read(salt, SALT_AT);
        return salt.array();
    }

    /**
     * Throws {@link StoreUnusable} with the reason if the file is not a store that this key opens.
     */
    static void demand(Path file, PageCipher cipher) throws IOException {
        byte[] header;
        try (var in = Files.newInputStream(file)) {
            header = in.readNBytes(BYTES);
        }
        if (startsWith(header, PLAIN_H2)) {
            throw new StoreUnusable(
                    "The store "
                            + file
                            + " is not encrypted: it was made before version 0.2 of the appliance;"
                            + " export the site with that version and apply it to a new one.");
        }
        if (!startsWith(header, NAME)) {
            throw new StoreUnusable(
                    "The file "
                            + file
                            + " is not a store of this appliance, or its beginning is damaged;"
                            + " name the site's folder, or restore a backup.");
        }
        demandWhole(file, header);
        ByteBuffer fields = ByteBuffer.wrap(header).position(NAME.length);
        int format = fields.getInt();
        int pageBytes = fields.getInt();
        if (format != FORMAT || pageBytes != PageCipher.PAGE_BYTES) {
            throw new StoreUnusable(
                    "The store "
                            + file
                            + " was written by a newer version of the appliance (file format "
                            + format
                            + "); start that version.");
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] check = new byte[PageCipher.CHECK_BYTES];
        fields.get(salt).get(check);
        if (!MessageDigest.isEqual(check, cipher.checkValue(salt))) {
            throw new StoreUnusable(
                    "The store "
                            + file
                            + " belongs to another site: it is encrypted under another key than"
                            + " this site's; bring the store and the keys of one site together.");
        }
    }

    private static void demandWhole(Path file, byte[] header) {
        boolean whole =
                header.length == BYTES
                        && MessageDigest.isEqual(
                                digest(header),
                                Arrays.copyOfRange(header, BYTES - DIGEST_BYTES, BYTES));
        if (!whole) {
            throw new StoreUnusable(
                    "The first page of the store "
                            + file
                            + " is damaged; check the disk and restore a backup.");
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length
                && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static byte[] digest(byte[] header) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(header, 0, BYTES - DIGEST_BYTES);
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }
}
