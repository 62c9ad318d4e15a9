package com.neuralrouter.server.secret;

import com.neuralrouter.server.store.PageCipher;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * AES-256-XTS over the pages of the store (IEEE 1619-2007): a page is a data unit, its number the
 * data unit's number. It hides what is on the disk and does not authenticate it; that is done by
 * the rows that decide (ADR 0018).
 *
 * <p>Safe for all threads. {@link #close()} wipes the key; the JDK's own schedules of it go with
 * the garbage.
 */
public final class XtsPageCipher implements PageCipher {
    public static final int KEY_BYTES = AesXts.KEY_BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] key;

    /** As many as threads ever were at work at once; to set up AES costs as much as some pages. */
    private final Queue<AesXts> idle = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    private XtsPageCipher(byte[] key) {
        this.key = key;
    }

    /**
     * @param key 64 bytes: two independent AES-256 keys, the first for the pages; copied
     */
    public static XtsPageCipher of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a page key of " + key.length + " bytes");
        }
        int half = KEY_BYTES / 2;
        byte[] first = Arrays.copyOf(key, half);
        byte[] second = Arrays.copyOfRange(key, half, KEY_BYTES);
        try {
            if (MessageDigest.isEqual(first, second)) {
                throw new IllegalArgumentException("a page key whose halves are the same");
            }
        } finally {
            Arrays.fill(first, (byte) 0);
            Arrays.fill(second, (byte) 0);
        }
        return new XtsPageCipher(key.clone());
    }

    /** The cipher of the store that belongs to the vault. */
    public static XtsPageCipher under(Vault vault) {
        byte[] key = vault.key(KeyPurpose.STORE_PAGES);
        try {
            return of(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void encrypt(long firstPage, byte[] pages) {
        AesXts xts = take();
        byte[] number = new byte[AesXts.BLOCK_BYTES];
        for (int at = 0; at < pages.length; at += PAGE_BYTES) {
            LONGS.set(number, 0, firstPage + at / PAGE_BYTES);
            xts.encrypt(number, pages, at, PAGE_BYTES);
        }
        idle.add(xts);
    }

    @Override
    public void decrypt(long firstPage, byte[] pages) {
        AesXts xts = take();
        byte[] number = new byte[AesXts.BLOCK_BYTES];
        for (int at = 0; at < pages.length; at += PAGE_BYTES) {
            LONGS.set(number, 0, firstPage + at / PAGE_BYTES);
            xts.decrypt(number, pages, at, PAGE_BYTES);
        }
        idle.add(xts);
    }

    private AesXts take() {
        demandOpen();
        AesXts xts = idle.poll();
        return xts == null ? new AesXts(key) : xts;
    }

    private void demandOpen() {
        if (closed) {
            throw new IllegalStateException("the page cipher was used after it had been closed");
        }
    }

    @Override
    public byte[] checkValue(byte[] salt) {
        demandOpen();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key)
                                    .addSalt(salt)
                                    .thenExpand(
                                            "neural-router/v1/store-pages/key-check"
                                                    .getBytes(StandardCharsets.US_ASCII),
                                            CHECK_BYTES));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("HKDF-SHA256 can't be used", failure);
        }
    }

    @Override
    public String toString() {
        return "XtsPageCipher[redacted]";
    }

    @Override
    public void close() {
        closed = true;
        idle.clear();
        Arrays.fill(key, (byte) 0);
    }
}
