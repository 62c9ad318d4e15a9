package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where a passphrase, a PIN or a token may come from, and which files are refused. */
class SecretSourceTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"person", "file:/etc/pin", "file:keys/pin", "credential:nr.pin_1-a"})
    void isReadAsItWasWritten(String text) {
        assertThat(SecretSource.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file:",
                "credential:",
                "credential:../root.key",
                "credential:a/b",
                "credential:.hidden",
                "env:PIN",
                "Person"
            })
    void refusesEveryOtherText(String text) {
        assertThatThrownBy(() -> SecretSource.of(text)).isInstanceOf(SealRefused.class);
    }

    @Test
    void takesOneNewlineFromTheEnd() throws IOException {
        assertThat(read(written("pass phrase"))).isEqualTo("pass phrase");
        assertThat(read(written("pass phrase\n"))).isEqualTo("pass phrase");
        assertThat(read(written("pass phrase\r\n"))).isEqualTo("pass phrase");
        assertThat(read(written(" pass phrase \n\n"))).isEqualTo(" pass phrase \n");
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        SecretSource source = written("pass phrase");
        Files.setPosixFilePermissions(
                folder.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> read(source))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("pass phrase");
    }

    @Test
    void refusesAnEmptyATooLargeAndAnAbsentFile() throws IOException {
        assertThatThrownBy(() -> read(written("")))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read(written("\n")))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read(written("x".repeat(4097))))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("more than 4096 bytes");
        assertThat(read(written("x".repeat(4096)))).hasSize(4096);
        assertThatThrownBy(() -> read(new SecretSource.OwnFile(Path.of("absent"))))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("no file " + folder.resolve("absent"));
    }

    @Test
    void readsASystemdCredentialWhateverItsPermissions() throws IOException {
        Files.writeString(folder.resolve("nr.passphrase"), "from systemd\n");
        Files.setPosixFilePermissions(
                folder.resolve("nr.passphrase"), PosixFilePermissions.fromString("r--r-----"));

        assertThat(read(new SecretSource.Credential("nr.passphrase"))).isEqualTo("from systemd");
    }

    @Test
    void missesTheCredentialsDirectoryByName() {
        assertThatThrownBy(
                        () -> new SecretSource.Credential("nr.passphrase").read(folder, Map.of()))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("CREDENTIALS_DIRECTORY")
                .hasMessageContaining("nr.passphrase");
    }

    @Test
    void leavesToAPersonWhatAPersonHas() {
        assertThat(new SecretSource.Person().read(folder, Map.of())).isEmpty();
    }

    private SecretSource written(String content) throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new SecretSource.OwnFile(Path.of("secret"));
    }

    private String read(SecretSource source) {
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
        try (SecretBytes secret = source.read(folder, environment).orElseThrow()) {
            return new String(secret.copy(), StandardCharsets.UTF_8);
        }
    }
}
