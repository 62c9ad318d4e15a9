package com.neuralrouter.certs.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

class CertificateFolderTest {
    private final Clock clock = Clock.systemUTC();
    private final SiteCertificateAuthority.Created created =
            SiteCertificateAuthority.create("Test Site", clock);
    private final KeyLock lock = KeyLock.ofKey(new byte[32]);

    @TempDir Path temp;
    private Path path;
    private CertificateFolder folder;

    @BeforeEach
    void saveAnAuthority() {
        path = temp.resolve("certs");
        folder = new CertificateFolder(path);
        folder.save(created, lock);
    }

    @Test
    void takesUpWhereItLeftOff() {
        SiteCertificateAuthority again = folder.authority(lock, clock);

        assertThat(again.root()).isEqualTo(created.authority().root());
        assertThat(again.issuing()).isEqualTo(created.authority().issuing());
        assertThat(again.issueServer(List.of(new ServerName("a.test"))).chain()).hasSize(2);
    }

    @Test
    void needsNoRootKeyToIssue() throws IOException {
        Files.delete(path.resolve("root.key"));

        assertThat(folder.authority(lock, clock).root()).isEqualTo(created.authority().root());
    }

    @Test
    void readsBackAServer() {
        TlsIdentity server = created.authority().issueServer(List.of(new ServerName("a.test")));

        folder.save("inference", server, lock);

        assertThat(folder.load("inference", lock)).isEqualTo(server);
    }

    @Test
    void doesNotWriteOverAnAuthority() {
        assertThatThrownBy(() -> folder.save(created, lock))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("already");
    }

    @Test
    void saysThatTheLockIsAnotherOneAndNamesTheFile() {
        KeyLock other = KeyLock.ofPassword("other".toCharArray());

        assertThatThrownBy(() -> folder.authority(other, clock))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("issuing.pem")
                .hasMessageContaining("another password");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> folder.load("admin", lock))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("admin.pem");
    }

    @Test
    void writesNoKeyInTheClear() throws IOException {
        byte[] key = created.root().key().getEncoded();
        String tail = Base64.getEncoder().encodeToString(key).substring(40, 80);

        assertThat(Files.readString(path.resolve("root.key")))
                .contains("ENCRYPTED PRIVATE KEY")
                .doesNotContain(tail);
        assertThat(Files.readString(path.resolve("issuing.pem")))
                .doesNotContain("BEGIN PRIVATE KEY")
                .doesNotContain("BEGIN EC PRIVATE KEY");
    }

    @Test
    void opensToItsOwnerOnly() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
        assertThat(mode(path)).isEqualTo("rwx------");
    }

    @Test
    void aLockByPasswordUnlocksWithTheSamePassword() {
        CertificateFolder other = new CertificateFolder(temp.resolve("other"));
        other.save(created, KeyLock.ofPassword("pass phrase".toCharArray()));

        var again = other.authority(KeyLock.ofPassword("pass phrase".toCharArray()), clock);

        assertThat(again.issuingIdentity()).isEqualTo(created.authority().issuingIdentity());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
