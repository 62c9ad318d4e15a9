package com.neuralrouter.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PrivateFileTest {
    @TempDir Path folder;

    @Test
    void opensToItsOwnerOnly() throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path inside = folder.resolve("a").resolve("b");

        PrivateFile.folder(inside);
        PrivateFile.create(inside.resolve("key"), new byte[] {1});

        assertThat(mode(inside)).isEqualTo("rwx------");
        assertThat(mode(inside.getParent())).isEqualTo("rwx------");
        assertThat(mode(inside.resolve("key"))).isEqualTo("rw-------");
    }

    @Test
    void doesNotWriteOverWhatIsThere() throws Exception {
        Path file = folder.resolve("key");
        PrivateFile.create(file, new byte[] {1});

        assertThatThrownBy(() -> PrivateFile.create(file, new byte[] {2}))
                .hasMessageContaining("FileAlreadyExists");
        assertThat(Files.readAllBytes(file)).containsExactly(1);
    }

    @Test
    void replacesAndLeavesNothingElseBehind() throws Exception {
        Path file = folder.resolve("key");
        PrivateFile.create(file, new byte[] {1});
        Files.writeString(folder.resolve(".key.new"), "left by a crash");

        PrivateFile.replace(file, new byte[] {2});

        assertThat(Files.readAllBytes(file)).containsExactly(2);
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
