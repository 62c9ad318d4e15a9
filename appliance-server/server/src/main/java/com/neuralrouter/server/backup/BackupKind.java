package com.neuralrouter.server.backup;

/** What a backup is of. */
public enum BackupKind {
    /** The site without its workspaces' keys: tables, certificates, configuration. */
    DATA,

    /**
     * The vault, as it lies sealed in its file, and the workspaces' keys. Apart from the data and
     * with a retention of its own, so that a destroyed key is gone when the last of these is.
     */
    KEYS;

    /** As it is written in file names and headers. */
    public String word() {
        return switch (this) {
            case DATA -> "data";
            case KEYS -> "keys";
        };
    }
}
