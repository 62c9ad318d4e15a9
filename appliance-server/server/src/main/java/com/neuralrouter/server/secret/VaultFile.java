package com.neuralrouter.server.secret;

import com.neuralrouter.certs.trust.PrivateFile;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The file {@code keys/vault.json}. It is replaced as a whole and is on the disk when a method that
 * writes it returns, so that a crash leaves the old content or the new one.
 */
public final class VaultFile {
    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private VaultFile() {}

    /** Reads the file. Throws {@link VaultUnusable}. */
    public static VaultRecord read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new VaultUnusable("The file " + file + " is too large to be a vault.");
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            throw new VaultUnusable(
                    "There is no vault in " + file + "; restore it from the key backup.");
        } catch (IOException failure) {
            throw new VaultUnusable(
                    "The vault in "
                            + file
                            + " can't be read: "
                            + failure.getClass().getSimpleName()
                            + ".");
        }
    }

    /** Reads the file's bytes, as they also travel in a key backup. */
    public static VaultRecord parse(byte[] json) {
        try {
            VaultRecord record = JSON.readValue(json, VaultRecord.class);
            if (record == null) {
                throw unknown();
            }
            return record;
        } catch (JacksonException malformed) {
            if (malformed.getCause() instanceof VaultUnusable unusable) {
                throw unusable;
            }
            throw unknown();
        }
    }

    private static VaultUnusable unknown() {
        return new VaultUnusable(
                "The vault's file is not what this appliance writes; restore keys/vault.json from"
                        + " the key backup.");
    }

    static void create(Path file, VaultRecord record) {
        PrivateFile.folder(file.toAbsolutePath().resolveSibling(""));
        if (Files.exists(file)) {
            throw new VaultUnusable(
                    "There is a vault in " + file + " already; it is never overwritten.");
        }
        write(file, record);
    }

    static void replace(Path file, VaultRecord record) {
        write(file, record);
    }

    private static void write(Path file, VaultRecord record) {
        try {
            PrivateFile.replace(file, JSON.writeValueAsBytes(record));
        } catch (UncheckedIOException failure) {
            throw new VaultUnusable(
                    "The vault can't be written to "
                            + file
                            + ": "
                            + Objects.requireNonNull(failure.getCause()).getClass().getSimpleName()
                            + ".");
        }
    }
}
