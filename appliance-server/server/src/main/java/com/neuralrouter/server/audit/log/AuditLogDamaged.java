package com.neuralrouter.server.audit.log;

/**
 * The audit log on the disk is not what this appliance wrote. The message is one sentence for the
 * operator and names the file; nothing was changed.
 */
public final class AuditLogDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;

    /**
     * @param file its name below the log's folder
     * @param what what is wrong with it, as the rest of a sentence
     */
    public AuditLogDamaged(String file, String what) {
        super(
                "The audit log is damaged: "
                        + file
                        + " "
                        + what
                        + "; keep the folder as evidence, and restore it from a backup.");
        this.file = file;
    }

    /** The name of the file below the log's folder. */
    public String file() {
        return file;
    }
}
