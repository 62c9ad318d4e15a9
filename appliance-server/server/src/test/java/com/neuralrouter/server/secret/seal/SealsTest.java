package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What opens a seal without a person, and that no kind takes what another kind takes. */
class SealsTest {
    private static final SecretSource CREDENTIAL = new SecretSource.Credential("nr.seal");

    @TempDir private Path site;
    @TempDir private Path credentials;
    private Seals seals;

    @BeforeEach
    void found() throws IOException {
        Files.writeString(credentials.resolve("nr.seal"), "correct horse battery staple\n");
        seals =
                new Seals(
                        site,
                        Map.of("CREDENTIALS_DIRECTORY", credentials.toString()),
                        new SecureRandom());
    }

    @Test
    void opensWithASystemdCredentialAtTheNextStart() {
        SealSpec spec = new SealSpec.Passphrase(CREDENTIAL, Argon2Cost.LEAST);
        byte[] wrapped;
        SealRecord record;
        try (SealMaterial material = seals.automatic(spec).orElseThrow();
                NewSeal made = seals.create(spec, material);
                Seal seal = made.seal()) {
            record = seal.record();
            wrapped = seal.wrap(new byte[] {1, 2, 3}, new byte[1]);
        }

        try (SealMaterial material = seals.automatic(record).orElseThrow();
                Seal seal = seals.open(record, material)) {
            assertThat(seal.unwrap(wrapped, new byte[1])).containsExactly(1, 2, 3);
        }
    }

    @Test
    void refusesACredentialThatWasPromisedAndIsGone() throws IOException {
        Files.delete(credentials.resolve("nr.seal"));

        assertThatThrownBy(() ->
                        seals.automatic(new SealSpec.Passphrase(CREDENTIAL, Argon2Cost.LEAST)))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("no file");
    }

    @Test
    void readsForEachKindWhatThatKindTakes() {
        assertThat(automatic(new SealSpec.KeyFile(Path.of("seal.key"))))
                .isInstanceOf(SealMaterial.Nothing.class);
        assertThat(automatic(new SealSpec.Shares(2, 3))).isInstanceOf(SealMaterial.Nothing.class);
        assertThat(automatic(new SealSpec.Passphrase(CREDENTIAL, Argon2Cost.RECOMMENDED)))
                .isInstanceOf(SealMaterial.Passphrase.class);
        assertThat(automatic(pkcs11())).isInstanceOf(SealMaterial.Pin.class);
        assertThat(automatic(transit())).isInstanceOf(SealMaterial.Token.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = SealKind.class,
            names = {"PASSPHRASE", "PKCS11", "TRANSIT"})
    void takesNoOtherKindsMaterial(SealKind kind) {
        SealSpec spec =
                Stream.of(
                                new SealSpec.Passphrase(CREDENTIAL, Argon2Cost.LEAST),
                                pkcs11(),
                                transit())
                        .filter(candidate -> candidate.kind() == kind)
                        .findFirst()
                        .orElseThrow();

        assertThatThrownBy(() -> seals.create(spec, new SealMaterial.Nothing()))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("was given something else");
    }

    @Test
    void wipesWhatItHandedOut() {
        SealSpec spec = new SealSpec.Shares(2, 3);
        List<SecretBytes> shares;
        try (SealMaterial material = seals.automatic(spec).orElseThrow();
                NewSeal made = seals.create(spec, material)) {
            made.seal().close();
            shares = made.shares();
        }

        assertThat(shares)
                .allSatisfy(share ->
                        assertThatThrownBy(share::copy).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void materialsShowNothing() {
        try (SecretBytes secret = SecretBytes.copyOf("planted".getBytes(StandardCharsets.UTF_8))) {
            assertThat(
                            List.of(
                                            new SealMaterial.Passphrase(secret),
                                            new SealMaterial.Pin(secret),
                                            new SealMaterial.Token(secret),
                                            new Share(1, 2, 3, secret))
                                    .toString())
                    .doesNotContain("planted");
        }
    }

    private SealMaterial automatic(SealSpec spec) {
        try (SealMaterial material = seals.automatic(spec).orElseThrow()) {
            return material;
        }
    }

    private static SealSpec pkcs11() {
        return new SealSpec.Pkcs11(
                new Pkcs11Key(Path.of("/absent/libhsm.so"), "label:site", "kek"), CREDENTIAL);
    }

    private static SealSpec transit() {
        return new SealSpec.Transit(
                new TransitKey(URI.create("https://bao.example:8200"), "transit", "kek", "", ""),
                CREDENTIAL);
    }
}
