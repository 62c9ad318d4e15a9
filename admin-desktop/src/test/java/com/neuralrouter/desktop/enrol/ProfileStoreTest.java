package com.neuralrouter.desktop.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.support.TlsSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

class ProfileStoreTest {
    @TempDir Path folder;
    private final TlsSite site = new TlsSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void findsAProfileAgainWithItsKey() {
        var saved = store().save(enrolled("hq.bank.example"));

        var found = store().load();

        assertThat(found.broken()).isEmpty();
        assertThat(found.profiles())
                .singleElement()
                .satisfies(profile -> {
                    assertThat(profile.name()).isEqualTo("hq-appliance");
                    assertThat(profile.admin()).isEqualTo(saved.admin());
                    assertThat(profile.root()).isEqualTo(site.root());
                    assertThat(profile.identity().key()).isEqualTo(saved.identity().key());
                });
    }

    @Test
    void keepsEveryFileToItsOwner() throws IOException {
        var saved = store().save(enrolled("hq.bank.example"));
        var kept = saved.keyStore().getParent();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
        try (var files = Files.list(kept)) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(file)))
                                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void staysInItsFolderWhateverTheHostIsCalled() {
        var saved = store().save(enrolled("../../evil"));

        assertThat(saved.keyStore().normalize().startsWith(folder.resolve("profiles"))).isTrue();
    }

    @Test
    void leavesABrokenProfileAloneAndShowsTheOthers() throws IOException {
        store().save(enrolled("a.example"));
        var other = store().save(enrolled("b.example"));
        Files.writeString(other.keyStore(), "not a key store");

        var found = store().load();

        assertThat(found.profiles()).hasSize(1);
        assertThat(found.broken()).hasSize(1);
        assertThat(other.keyStore()).exists();
    }

    @Test
    void forgetsTheKeyAndNothingElse() {
        var saved = store().save(enrolled("a.example"));
        store().save(enrolled("b.example"));

        store().forget(saved);

        assertThat(saved.keyStore()).doesNotExist();
        assertThat(store().load().profiles())
                .extracting(profile -> profile.admin().host())
                .isEqualTo(List.of("b.example"));
    }

    @Test
    void deletesNothingThatIsNotItsOwn() throws IOException {
        var foreign = Files.createDirectories(folder.resolve("elsewhere")).resolve("operator.p12");
        Files.writeString(foreign, "x");
        var saved = store().save(enrolled("a.example"));
        var profile = new Profile("x", saved.admin(), saved.identity(), saved.root(), foreign);

        assertThatThrownBy(() -> store().forget(profile))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(foreign).exists();
    }

    private ProfileStore store() {
        return new ProfileStore(folder.resolve("profiles"));
    }

    private EnrolmentFlow.Enrolled enrolled(String host) {
        return new EnrolmentFlow.Enrolled(
                "hq-appliance",
                "Ana Ruiz",
                Role.OWNER,
                new Address(host, 9443),
                site.device(Duration.ofDays(90)),
                site.root());
    }
}
