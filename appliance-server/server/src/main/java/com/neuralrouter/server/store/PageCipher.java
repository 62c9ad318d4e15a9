package com.neuralrouter.server.store;

/**
 * Encrypts the pages of a store's file, each under its own number, so that a page can't be read in
 * another page's place. Implemented by {@code secret}; used by all threads of the store at once;
 * closed by whoever made it, after the store.
 */
public interface PageCipher extends AutoCloseable {
    int PAGE_BYTES = 4096;

    /** How many bytes {@link #checkValue} has. */
    int CHECK_BYTES = 16;

    /**
     * Encrypts whole pages in place.
     *
     * @param firstPage the number of the first one, from 0
     */
    void encrypt(long firstPage, byte[] pages);

    /** The opposite of {@link #encrypt}. Bytes that were altered come out as noise: no error. */
    void decrypt(long firstPage, byte[] pages);

    /** Tells this key from any other, for one salt, and nothing about it. */
    byte[] checkValue(byte[] salt);

    /** Forgets the key. */
    @Override
    void close();
}
