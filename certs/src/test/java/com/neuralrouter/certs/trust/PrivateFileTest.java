package com.neuralrouter.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

class PrivateFileTest {
    @TempDir Path folder;

    @Test
    void opensToItsOwnerOnly() throws Exception {
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

    /** A zip file system stands for those of Windows: it knows no modes. */
    @Test
    void writesWhereTheFileSystemKnowsNoModes() throws Exception {
        try (FileSystem zip =
                FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            Path inside = zip.getPath("/a/b");
            PrivateFile.folder(inside);
            PrivateFile.create(inside.resolve("key"), new byte[] {1});
            PrivateFile.replace(inside.resolve("key"), new byte[] {2});

            assertThat(Files.readAllBytes(inside.resolve("key"))).containsExactly(2);
            try (var files = Files.list(inside)) {
                assertThat(files).containsExactly(inside.resolve("key"));
            }
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
