package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** The key file: what the file must be like, and when it is refused. */
class KeyFileSealTest extends SealContract {
    private int made;

    @Override
    Seal make() {
        return make(Path.of("keys", "seal-" + ++made + ".key"));
    }

    @Override
    Seal open(SealRecord record) {
        return seals().open(record, seals().automatic(record).orElseThrow());
    }

    @Override
    String secret() {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(site.resolve("keys/seal-1.key")));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void isReadableByItsOwnerAloneInAFolderOfTheSameKind() throws IOException {
        Path file = site.resolve("keys/seal-1.key");
        make().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.size(file)).isEqualTo(32);
    }

    @Test
    void isNeverOverwritten() throws IOException {
        Path file = site.resolve("seal.key");
        make(file).close();
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> make(file))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("already");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws IOException {
        SealRecord record = madeRecord();
        Files.setPosixFilePermissions(
                site.resolve("seal.key"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("chmod 600")
                .hasMessageContaining("rw-r-----");
    }

    @Test
    void isRefusedWhenItIsCutShortOrGrew() throws IOException {
        SealRecord record = madeRecord();
        for (int length : new int[] {0, 31, 33}) {
            Files.write(site.resolve("seal.key"), new byte[length]);

            assertThatThrownBy(() -> open(record))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining(length + " bytes instead of 32");
        }
    }

    @Test
    void isMissedByName() throws IOException {
        SealRecord record = madeRecord();
        Files.delete(site.resolve("seal.key"));

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("no key file " + site.resolve("seal.key"));
    }

    @Test
    void knowsAnotherSitesFile() throws IOException {
        SealRecord record = madeRecord();
        Files.write(site.resolve("seal.key"), new byte[32]);

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("another site's");
    }

    @Test
    void movesWithTheSiteWhenItsPathIsRelative() {
        assertThat(madeRecord().parameters()).containsEntry("file", "seal.key");
    }

    private SealRecord madeRecord() {
        try (Seal seal = make(Path.of("seal.key"))) {
            return seal.record();
        }
    }

    private Seal make(Path file) {
        SealSpec spec = new SealSpec.KeyFile(file);
        return seals().create(spec, seals().automatic(spec).orElseThrow()).seal();
    }
}
