package com.neuralrouter.server.backup;

import com.neuralrouter.server.secret.StreamKey;

/** What a backup needs of the site's vault. Safe for all threads. */
public interface BackupKeys {

    /** The key that backups of the kind are sealed under; the caller closes it. */
    StreamKey key(BackupKind kind);

    /** The vault's file as it is now; everything in it is sealed. */
    byte[] vaultFile();
}
