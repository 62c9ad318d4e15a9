package com.neuralrouter.server.backup;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What everybody may know of a backup, without any key: which site's, of when, sealed under which
 * key. Authentic as soon as the first segment behind it has opened.
 *
 * @param schemaVersion of the tables in it
 * @param keyCheck the check value of the key that it is sealed under, in hexadecimal digits
 * @param vault in a backup of the keys the vault's file, in which every key is sealed; null in one
 *     of the data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupHeader(
        BackupKind kind,
        UUID installation,
        String site,
        String productVersion,
        int schemaVersion,
        Instant createdAt,
        String keyCheck,
        byte @Nullable [] vault) {

    public BackupHeader {
        if ((vault != null) != (kind == BackupKind.KEYS)) {
            throw new IllegalArgumentException("a backup of " + kind + " with another's header");
        }
        HexFormat.of().parseHex(keyCheck);
    }

    /** Shows no vault, sealed as it is. */
    @Override
    public String toString() {
        return "BackupHeader[" + kind + " of " + installation + " at " + createdAt + "]";
    }
}
