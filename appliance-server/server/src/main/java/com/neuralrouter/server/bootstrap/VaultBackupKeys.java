package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.backup.BackupKeys;
import com.neuralrouter.server.backup.BackupKind;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.secret.Vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The keys for backups, out of an open vault.
 *
 * @param file the vault's
 */
record VaultBackupKeys(Vault vault, Path file) implements BackupKeys {

    @Override
    public StreamKey key(BackupKind kind) {
        return SiteBackups.key(vault, kind);
    }

    @Override
    public byte[] vaultFile() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return "VaultBackupKeys[redacted]";
    }
}
