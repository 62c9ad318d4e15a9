package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads folders that look like Linux's own. */
class BlockDevicesTest {
    @TempDir private Path folder;

    @Test
    void findsLuks2BelowTheMountThatHoldsTheFolder() throws IOException {
        mounts("8:1 / /", "254:0 / /srv", "254:1 / /srv/db");
        uuid("254:0", "CRYPT-LUKS1-aa-crypt");
        uuid("254:1", "CRYPT-LUKS2-bb-crypt");

        assertThat(devices().isOnLuks2(Path.of("/srv/db/main"))).isTrue();
        assertThat(devices().isOnLuks2(Path.of("/srv/dbother"))).isFalse();
        assertThat(devices().isOnLuks2(Path.of("/var"))).isFalse();
    }

    @Test
    void aVolumeGroupIsEncryptedIfEveryDeviceBelowItIs() throws IOException {
        mounts("254:2 / /");
        uuid("254:2", "LVM-cc");
        Path slaves = Files.createDirectories(block("254:2").resolve("slaves"));
        Files.createDirectories(slaves.resolve("dm-0/dm"));
        Files.writeString(slaves.resolve("dm-0/dm/uuid"), "CRYPT-LUKS2-dd");

        assertThat(devices().isOnLuks2(Path.of("/srv"))).isTrue();

        Files.createDirectories(slaves.resolve("sdb1"));
        assertThat(devices().isOnLuks2(Path.of("/srv"))).isFalse();
    }

    @Test
    void knowsNothingWhereThereIsNothingToRead() {
        assertThat(devices().isOnLuks2(Path.of("/srv"))).isFalse();
    }

    private BlockDevices devices() {
        return new BlockDevices(folder.resolve("mountinfo"), folder.resolve("sys"));
    }

    private void mounts(String... lines) throws IOException {
        var text = new StringBuilder();
        for (String line : lines) {
            text.append("36 35 ").append(line).append(" rw,noatime - ext4 /dev/x rw\n");
        }
        Files.writeString(folder.resolve("mountinfo"), text);
    }

    private void uuid(String device, String uuid) throws IOException {
        Path mapped = Files.createDirectories(block(device).resolve("dm"));
        Files.writeString(mapped.resolve("uuid"), uuid + "\n");
    }

    private Path block(String device) {
        return folder.resolve("sys/dev/block").resolve(device);
    }
}
