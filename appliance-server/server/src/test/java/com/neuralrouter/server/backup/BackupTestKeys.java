package com.neuralrouter.server.backup;

import com.neuralrouter.server.secret.StreamKey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A site's keys for backups, the same ones for the same number. */
record BackupTestKeys(int number, int segmentBytes) implements BackupKeys {

    BackupTestKeys(int number) {
        this(number, 1 << 20);
    }

    @Override
    public StreamKey key(BackupKind kind) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) (2 * number + kind.ordinal() + 1));
        return StreamKey.owning(key, segmentBytes);
    }

    @Override
    public byte[] vaultFile() {
        return "{\"format\":1}".getBytes(StandardCharsets.UTF_8);
    }
}
