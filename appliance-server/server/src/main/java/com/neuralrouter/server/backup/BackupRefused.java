package com.neuralrouter.server.backup;

/**
 * A backup can't be used. The message is one sentence for the operator: which file, and what is
 * wrong with it.
 */
public final class BackupRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** Its first bytes are not a backup's. */
        NOT_A_BACKUP,
        /** A newer version of the appliance made it. */
        NEWER_FORMAT,
        /** Its writing never came to an end. */
        UNFINISHED,
        /** Bytes are missing at its end. */
        TRUNCATED,
        /** Bytes follow its end. */
        TRAILING_BYTES,
        /** Another site's. */
        FOREIGN,
        /** One of the data where one of the keys is needed, or the other way round. */
        OTHER_KIND,
        /** Sealed under a key that is not at hand. */
        OTHER_KEY,
        /** Its segments are not in their order. */
        REORDERED,
        /** What stands in it is not what was written. */
        ALTERED,
        /** It is authentic, and still not what a backup must hold. */
        UNSOUND
    }

    BackupRefused(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
