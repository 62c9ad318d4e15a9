package com.neuralrouter.server.receipt;

import com.neuralrouter.server.secret.ReceiptSigningKey;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Signs a receipt for each answer, by the key that is in force. On a request's thread: no lock, no
 * file. Safe for all threads.
 */
public final class Receipts {
    static final int SALT_BYTES = 32;

    private final String origin;
    private final LongSupplier logSize;
    private final boolean issued;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<ReceiptKeys> keys;

    private Receipts(ReceiptSigningKey first, String origin, LongSupplier logSize, boolean issued) {
        this.origin = origin;
        this.logSize = logSize;
        this.issued = issued;
        this.keys = new AtomicReference<>(ReceiptKeys.only(first));
    }

    /**
     * For a site.
     *
     * @param first signs until {@link #use} names another; the caller goes on owning it
     * @param origin the name of the site's audit log
     * @param logSize how long that log is now
     */
    public static Receipts issued(ReceiptSigningKey first, String origin, LongSupplier logSize) {
        return new Receipts(first, origin, logSize, true);
    }

    /** For a site that wants none; the keys of earlier ones are published all the same. */
    public static Receipts notIssued(ReceiptSigningKey first, String origin) {
        return new Receipts(first, origin, () -> 0, false);
    }

    /** From now on these keys sign and are published. */
    void use(ReceiptKeys next) {
        keys.set(next);
    }

    public ReceiptKeys keys() {
        return keys.get();
    }

    /**
     * Hashes of the content of a request that begins; empty if no receipts are wanted.
     *
     * @param request its body as it came
     */
    public Optional<ContentHashes> begin(byte[] request) {
        if (!issued) {
            return Optional.empty();
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Optional.of(new ContentHashes(salt, request));
    }

    /** Signs what is said of an answer that has ended. */
    public SignedReceipt sign(Receipt receipt, ContentHashes content) {
        var log = new TreeMap<String, Object>();
        log.put("origin", origin);
        log.put("size", logSize.getAsLong());
        return keys.get().sign(receipt.claims(issuer(), content.claim(), Map.copyOf(log)));
    }

    /** The site's name, of which the log's is made. */
    private String issuer() {
        int slash = origin.indexOf('/');
        return slash < 0 ? origin : origin.substring(0, slash);
    }
}
