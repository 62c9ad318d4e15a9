package com.neuralrouter.server.secret;

import java.util.Locale;

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
    KEY_BACKUP(32);

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
