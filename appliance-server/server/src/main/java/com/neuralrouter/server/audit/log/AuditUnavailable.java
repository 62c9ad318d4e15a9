package com.neuralrouter.server.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * The audit log can't be written or read now. Of entries that were being appended it is not known
 * whether they are in the log: they are not, unless the process ends before the log works again.
 */
public final class AuditUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static AuditUnavailable failing(@Nullable Throwable cause) {
        return new AuditUnavailable(
                "The audit log can't be written; check the disk of the audit folder and its free"
                        + " space.",
                cause);
    }

    static AuditUnavailable unreadable(String file, Throwable cause) {
        return new AuditUnavailable(
                "The audit log's file " + file + " can't be read; check the disk.", cause);
    }

    /** For a site that is being made. */
    public static AuditUnavailable notYet() {
        return new AuditUnavailable("The site has no audit log yet.", null);
    }

    static AuditUnavailable closed() {
        return new AuditUnavailable("The audit log is closed; the appliance is stopping.", null);
    }
}
