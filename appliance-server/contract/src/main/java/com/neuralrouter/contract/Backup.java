package com.neuralrouter.contract;

import java.time.Instant;

/**
 * A backup that lies whole in its folder on the appliance.
 *
 * @param name of its file
 * @param bytes of the file
 * @param productVersion of the appliance that made it
 * @param schemaVersion of the tables in it
 */
public record Backup(
        String name,
        Kind kind,
        Instant createdAt,
        long bytes,
        String productVersion,
        int schemaVersion) {

    /** What it is of. */
    public enum Kind {
        /** The site without its workspaces' keys. */
        DATA,
        /** The vault, sealed as it is, and the workspaces' keys. */
        KEYS
    }
}
