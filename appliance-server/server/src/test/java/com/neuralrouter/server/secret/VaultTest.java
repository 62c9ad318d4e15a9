package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.VaultRecord.SealEntry;
import com.neuralrouter.server.secret.seal.Seal;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRefused;
import com.neuralrouter.server.secret.seal.SealSpec;
import com.neuralrouter.server.secret.seal.Seals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The vault keeps its keys through reopening, rotation and a change of its seal, or refuses. */
class VaultTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir private Path site;
    private Path file;
    private Seals seals;

    @BeforeEach
    void name() {
        file = site.resolve("keys").resolve("vault.json");
        seals = new Seals(site, Map.of(), RANDOM);
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void givesTheSameKeyForAPurposeAfterEachOpening(KeyPurpose purpose) {
        byte[] before;
        try (Vault vault = TestVault.in(site)) {
            before = vault.key(purpose);
        }

        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.key(purpose)).hasSize(purpose.bytes()).isEqualTo(before);
        }
    }

    @Test
    void hasAnotherKeyForEachPurposeAndShowsNoneOfThemInItsFile() throws IOException {
        List<String> keys = new ArrayList<>();
        try (Vault vault = TestVault.in(site)) {
            for (KeyPurpose purpose : KeyPurpose.values()) {
                keys.add(HexFormat.of().formatHex(vault.key(purpose)));
            }
        }

        assertThat(keys).doesNotHaveDuplicates();
        assertThat(Files.readString(file)).doesNotContain(keys);
    }

    @Test
    void getsTheAuditLogsKeysWhenItIsFromBeforeThem() {
        byte[] backup;
        try (Vault vault = TestVault.in(site)) {
            backup = vault.key(KeyPurpose.BACKUP);
        }
        without(KeyPurpose.OF_THE_AUDIT_LOG);

        byte[] added;
        try (Vault vault = TestVault.in(site)) {
            added = vault.key(KeyPurpose.AUDIT_SIGNING);
            assertThat(vault.key(KeyPurpose.BACKUP)).isEqualTo(backup);
        }
        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.key(KeyPurpose.AUDIT_SIGNING)).isEqualTo(added);
            assertThat(vault.rotateRoot()).isEqualTo(2);
        }
    }

    @Test
    void getsNoKeyInPlaceOfOneThatWasTakenOut() {
        TestVault.in(site).close();
        without(Set.of(KeyPurpose.AUDIT_SIGNING));

        try (Vault vault = TestVault.in(site)) {
            assertThatThrownBy(() -> vault.key(KeyPurpose.AUDIT_SIGNING))
                    .isInstanceOf(VaultUnusable.class)
                    .hasMessageContaining("no key for audit-signing");
            assertThat(vault.key(KeyPurpose.AUDIT_ENTRIES)).hasSize(32);
        }
    }

    private void without(Set<KeyPurpose> purposes) {
        VaultRecord record = VaultFile.read(file);
        List<String> names = purposes.stream().map(KeyPurpose::text).toList();
        VaultFile.replace(
                file,
                record.withKeys(
                        record.keys().stream()
                                .filter(key -> !names.contains(key.purpose()))
                                .toList()));
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        TestVault.in(site).close();

        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Files.getPosixFilePermissions(file.getParent())).hasSize(3);
    }

    @Test
    void isNeverOverwritten() {
        TestVault.in(site).close();

        assertThatThrownBy(() -> Vault.create(file, new UUID(1, 1), seal("other"), RANDOM, CLOCK))
                .isInstanceOf(VaultUnusable.class)
                .hasMessageContaining("already");
    }

    @Test
    void keepsItsKeysWhenTheRootKeyIsRotatedAndForgetsTheOldOne() {
        try (Vault vault = TestVault.in(site)) {
            byte[] before = vault.key(KeyPurpose.STORE_PAGES);
            SealedSecret old = vault.seal("test", 1, new byte[] {7}, new byte[] {1});

            assertThat(vault.rotateRoot()).isEqualTo(2);

            assertThat(vault.key(KeyPurpose.STORE_PAGES)).isEqualTo(before);
            assertThat(vault.open("test", old, new byte[] {1})).containsExactly(7);
            vault.retireRootsBefore(2);
            assertThatThrownBy(() -> vault.open("test", old, new byte[] {1}))
                    .isInstanceOf(UnopenableSecret.class)
                    .hasMessageContaining("version 1 of the root key is not there");
        }
        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.record().rootKeys()).hasSize(1);
            assertThat(vault.record().rootKey().version()).isEqualTo(2);
            assertThat(vault.key(KeyPurpose.BACKUP)).hasSize(32);
        }
    }

    @Test
    void goesOnWithARotationAfterAStopInBetween() {
        byte[] before;
        try (Vault vault = TestVault.in(site)) {
            before = vault.key(KeyPurpose.BACKUP);
            vault.rotateRoot();
        }

        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.record().rootKeys()).hasSize(2);
            assertThat(vault.key(KeyPurpose.BACKUP)).isEqualTo(before);
            assertThatThrownBy(vault::rotateRoot)
                    .isInstanceOf(VaultUnusable.class)
                    .hasMessageContaining("rotated already");
            vault.retireRootsBefore(2);
        }
        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.rotateRoot()).isEqualTo(3);
        }
    }

    @Test
    void opensWithTheNewSealAloneAfterAChange() throws IOException {
        byte[] before;
        try (Vault vault = TestVault.in(site)) {
            before = vault.key(KeyPurpose.CERTIFICATES);
            vault.offerSeal(seal("next"));
            vault.confirmSeal();
        }
        Files.delete(site.resolve("keys").resolve("seal.key"));

        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.record().seals()).hasSize(1);
            assertThat(vault.record().seal().parameters()).containsEntry("file", "keys/next.key");
            assertThat(vault.key(KeyPurpose.CERTIFICATES)).isEqualTo(before);
        }
    }

    @Test
    void opensWithEitherSealWhenAChangeWasCutOffAndEndsItWhenRepeated() throws IOException {
        try (Vault vault = TestVault.in(site)) {
            vault.offerSeal(seal("cut"));
        }

        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.record().incoming()).isPresent();
            assertThatThrownBy(vault::rotateRoot)
                    .isInstanceOf(VaultUnusable.class)
                    .hasMessageContaining("seal change");
        }
        SealEntry incoming = VaultFile.read(file).incoming().orElseThrow();
        Seal other = seals.open(incoming.record(), new SealMaterial.Nothing());
        try (Vault vault = Vault.open(file, other, RANDOM, CLOCK)) {
            assertThat(vault.record().incoming()).isEmpty();
            assertThat(vault.record().seal().parameters()).containsEntry("file", "keys/cut.key");
        }
        assertThat(VaultFile.read(file).seals()).hasSize(1);
    }

    /** Its holders may never have got their shares: then the old seal is what there is. */
    @Test
    void keepsTheOldSealInForceUntilTheNewOneIsConfirmed() throws IOException {
        try (Vault vault = TestVault.in(site)) {
            vault.offerSeal(seal("first"));
            vault.offerSeal(seal("second"));

            assertThat(vault.record().seal().parameters()).containsEntry("file", "keys/seal.key");
            vault.confirmSeal();

            assertThat(vault.record().seals()).hasSize(1);
            assertThat(vault.record().seal().parameters()).containsEntry("file", "keys/second.key");
        }
        Files.delete(site.resolve("keys").resolve("seal.key"));
        TestVault.in(site).close();
    }

    @Test
    void confirmsOnlyWhatThisProcessWasOfferedAndProved() {
        try (Vault vault = TestVault.in(site)) {
            Seal closed = seal("closed");
            closed.close();
            vault.offerSeal(seal("good"));
            assertThatThrownBy(() -> vault.offerSeal(closed)).isInstanceOf(RuntimeException.class);

            assertThatThrownBy(vault::confirmSeal).isInstanceOf(VaultUnusable.class);
        }
        try (Vault vault = TestVault.in(site)) {
            vault.offerSeal(seal("cut"));
        }
        try (Vault vault = TestVault.in(site)) {
            assertThat(vault.record().incoming()).isPresent();
            assertThatThrownBy(vault::confirmSeal)
                    .isInstanceOf(VaultUnusable.class)
                    .hasMessageContaining("seal change");
        }
    }

    @Test
    void keepsTheOldSealWhenTheNewOneIsRefused() {
        try (Vault vault = TestVault.in(site)) {
            Seal closed = seal("closed");
            closed.close();

            assertThatThrownBy(() -> vault.offerSeal(closed)).isInstanceOf(RuntimeException.class);

            assertThat(vault.record().seals()).hasSize(1);
        }
        TestVault.in(site).close();
    }

    @Test
    void provesASealWithoutChangingAnything() {
        try (Vault vault = TestVault.in(site);
                Seal same = seals.open(vault.record().seal().record(), new SealMaterial.Nothing());
                Seal foreign = seal("foreign")) {
            byte[] before = bytes(file);

            vault.prove(same);

            assertThat(bytes(file)).isEqualTo(before);
            assertThatThrownBy(() -> vault.prove(foreign)).isInstanceOf(VaultUnusable.class);
        }
    }

    @Test
    void refusesItsFileWithAnyDigitOfAnyKeyOrCheckValueChanged() throws IOException {
        TestVault.in(site).close();
        String whole = Files.readString(file);
        var hex = java.util.regex.Pattern.compile("\"([0-9a-f]{32,})\"").matcher(whole);
        int tried = 0;

        while (hex.find()) {
            int at = hex.start(1) + RANDOM.nextInt(hex.group(1).length());
            char other = whole.charAt(at) == '0' ? '1' : '0';
            Files.writeString(file, whole.substring(0, at) + other + whole.substring(at + 1));

            assertThatThrownBy(this::openAndUseEverything)
                    .as("changed %s", hex.group(1))
                    .isInstanceOfAny(VaultUnusable.class, UnopenableSecret.class, SealRefused.class)
                    .hasMessageNotContaining(hex.group(1));
            tried++;
        }

        assertThat(tried).isGreaterThanOrEqualTo(2 * KeyPurpose.values().length + 2);
    }

    @Test
    void refusesAPurposesKeyInPlaceOfAnother() throws IOException {
        TestVault.in(site).close();
        String whole = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(
                file,
                whole.replace("\"key-backup\"", "\"x\"")
                        .replace("\"backup\"", "\"key-backup\"")
                        .replace("\"x\"", "\"backup\""));

        assertThatThrownBy(this::openAndUseEverything).isInstanceOf(UnopenableSecret.class);
    }

    @Test
    void refusesAnotherSitesFile() throws IOException {
        TestVault.in(site).close();
        TestVault.in(site.resolve("other")).close();
        Files.copy(
                site.resolve("other").resolve("keys").resolve("vault.json"),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> TestVault.in(site)).isInstanceOf(SealRefused.class);
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNone() throws IOException {
        Files.createDirectories(file.getParent());
        for (String content : List.of("", "{}", "[]", "null", "{\"format\":2}", "not json")) {
            Files.writeString(file, content);

            assertThatThrownBy(() -> VaultFile.read(file))
                    .as(content)
                    .isInstanceOf(VaultUnusable.class)
                    .hasMessageContaining("key backup");
        }
        Files.delete(file);
        assertThatThrownBy(() -> VaultFile.read(file))
                .isInstanceOf(VaultUnusable.class)
                .hasMessageContaining("There is no vault");
    }

    @Test
    void givesNothingAwayOnceItIsClosed() {
        Vault vault = TestVault.in(site);
        vault.close();

        assertThatThrownBy(() -> vault.key(KeyPurpose.BACKUP))
                .isInstanceOf(IllegalStateException.class);
        assertThat(vault).hasToString("Vault[redacted]");
    }

    private void openAndUseEverything() {
        try (Vault vault = TestVault.in(site)) {
            for (KeyPurpose purpose : KeyPurpose.values()) {
                vault.key(purpose);
            }
        }
    }

    private Seal seal(String name) {
        return seals.create(
                        new SealSpec.KeyFile(Path.of("keys", name + ".key")),
                        new SealMaterial.Nothing())
                .seal();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
