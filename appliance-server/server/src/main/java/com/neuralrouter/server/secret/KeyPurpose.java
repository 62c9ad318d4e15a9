package com.neuralrouter.server.secret;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a key of the vault is for. Each purpose has a random key of its own, which is used for
 * nothing else; all of them lie in the vault's file, wrapped under the root key.
 */
public enum KeyPurpose {
    /** The pages of an H2 store: two independent AES-256 keys, as XTS demands (IEEE 1619). */
    STORE_PAGES(64),
    /** The private keys of the site's certificates. */
    CERTIFICATES(32),
    /** The authentication of the rows that decide. */
    ROW_INTEGRITY(32),
    /** Backups of the data. */
    BACKUP(32),
    /** Backups of the keys. */
    KEY_BACKUP(32),
    /** The audit log's segments. */
    AUDIT_ENTRIES(32),
    /** The keyed hashes that stand in the audit log for what may be personal. */
    AUDIT_HASHES(32),
    /** What remembers elsewhere how long the audit log is. */
    AUDIT_COUNTER(32),
    /** What the keys that sign the audit log's checkpoints are derived from. */
    AUDIT_SIGNING(32),
    /** What signs receipts: the 32 bytes that RFC 8032 makes an Ed25519 key of. */
    RECEIPT_SIGNING(32),
    /** The keyed hashes of whom kept content is about. */
    CONTENT_SUBJECTS(32);

    /** Those that came with the audit log: a vault from before it has none of them. */
    static final Set<KeyPurpose> OF_THE_AUDIT_LOG =
            Collections.unmodifiableSet(EnumSet.range(AUDIT_ENTRIES, AUDIT_SIGNING));

    /** Those that came with receipts. */
    static final Set<KeyPurpose> OF_RECEIPTS =
            Collections.unmodifiableSet(EnumSet.of(RECEIPT_SIGNING));

    /** Those that came with content that is kept. */
    static final Set<KeyPurpose> OF_CONTENT =
            Collections.unmodifiableSet(EnumSet.of(CONTENT_SUBJECTS));

    private final int bytes;

    KeyPurpose(int bytes) {
        this.bytes = bytes;
    }

    /** The key's length. */
    public int bytes() {
        return bytes;
    }

    /** As the vault's file names it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
