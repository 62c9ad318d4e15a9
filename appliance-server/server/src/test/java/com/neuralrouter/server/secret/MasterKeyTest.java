package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** What the root key's file must be like. */
class MasterKeyTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keys").resolve("root.key");
    }

    @Test
    void isReadableByItsOwnerAloneInAFolderOfTheSameKind() throws IOException {
        MasterKey.create(file, new SecureRandom()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.size(file)).isEqualTo(32);
    }

    @Test
    void loadsTheKeyThatWasCreated() {
        try (MasterKey created = MasterKey.create(file, new SecureRandom());
                MasterKey loaded = MasterKey.load(file)) {
            assertThat(loaded.key().hasCheckValue(created.key().checkValue())).isTrue();
        }
    }

    @Test
    void isNeverOverwritten() throws IOException {
        MasterKey.create(file, new SecureRandom()).close();
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> MasterKey.create(file, new SecureRandom()))
                .isInstanceOf(RootKeyUnusable.class)
                .hasMessageContaining("already");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws IOException {
        MasterKey.create(file, new SecureRandom()).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> MasterKey.load(file))
                .isInstanceOf(RootKeyUnusable.class)
                .hasMessageContaining("chmod 600")
                .hasMessageContaining("rw-r-----");
    }

    @Test
    void isRefusedWhenItIsCutShort() throws IOException {
        MasterKey.create(file, new SecureRandom()).close();
        Files.write(file, new byte[31]);

        assertThatThrownBy(() -> MasterKey.load(file))
                .isInstanceOf(RootKeyUnusable.class)
                .hasMessageContaining("31 bytes instead of 32");
    }

    @Test
    void isMissedByName() {
        assertThatThrownBy(() -> MasterKey.load(file))
                .isInstanceOf(RootKeyUnusable.class)
                .hasMessageContaining("no root key in " + file);
    }
}
