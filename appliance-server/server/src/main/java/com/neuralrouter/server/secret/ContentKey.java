package com.neuralrouter.server.secret;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.List;

/**
 * The key of one request's content, which is itself sealed under its workspace's key: AES-256-GCM,
 * each piece bound to its place. Used by one thread; wiped by {@link #close()}.
 */
public final class ContentKey implements AutoCloseable {
    private static final String PURPOSE = "content";
    private static final int VERSION = 1;

    private final AesKey key;
    private final SecureRandom random;

    private ContentKey(AesKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    public static ContentKey random(SecureRandom random) {
        return new ContentKey(AesKey.random(random), random);
    }

    /** One that was sealed; the caller goes on owning the secret. */
    public static ContentKey of(SecretBytes secret, SecureRandom random) {
        return new ContentKey(AesKey.owning(secret.copy()), random);
    }

    /** The key itself, to be sealed; the caller closes it. */
    public SecretBytes secret() {
        return SecretBytes.owning(key.copy());
    }

    /** A column's bytes. */
    public byte[] seal(byte[] piece, String... place) {
        return key.seal(PURPOSE, VERSION, piece, AssociatedData.of(place), random).column();
    }

    /** Which place a piece belongs in. */
    @FunctionalInterface
    public interface Places {
        /**
         * @param last whether no piece comes behind it
         */
        String[] of(int piece, boolean last);
    }

    /**
     * Opens all pieces of a text, in their order. Throws {@link UnopenableSecret} if one is missing
     * or was sealed for another place.
     */
    public byte[] open(List<byte[]> columns, Places places) {
        if (columns.isEmpty()) {
            throw new UnopenableSecret("no piece of it is there");
        }
        var whole = new ByteArrayOutputStream();
        for (int piece = 0; piece < columns.size(); piece++) {
            String[] place = places.of(piece, piece == columns.size() - 1);
            whole.writeBytes(
                    key.open(
                            PURPOSE,
                            SealedSecret.of(columns.get(piece)),
                            AssociatedData.of(place)));
        }
        return whole.toByteArray();
    }

    @Override
    public String toString() {
        return "ContentKey[redacted]";
    }

    @Override
    public void close() {
        key.close();
    }
}
