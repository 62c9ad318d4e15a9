package com.neuralrouter.server.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A credential goes in and is never read back. */
@Tag("store")
class CredentialCommandsTest {
    private static final String SECRET = "sk-planted-0123456789";

    @TempDir private Path folder;
    private TestSite site;
    private WorkspaceId workspace;
    private ProviderId provider;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        workspace = site.workspace("research").id();
        provider = site.provider("openai").endpoint().id();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void keepsItsIdWhenItIsReplaced() {
        Credential first = put(SECRET);
        Credential second = put("sk-another-9876543210");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.lastFour()).isEqualTo("3210");
        assertThat(site.reads.read(site.credentialStore::all)).hasSize(1);
    }

    @Test
    void showsNothingOfAShortSecret() {
        assertThat(put("elevenchars").lastFour()).isEmpty();
    }

    @Test
    void knowsWhetherASecretIsTheOneThatIsThere() {
        put(SECRET);

        assertThat(same(SECRET)).isTrue();
        assertThat(same(SECRET + "x")).isFalse();
        site.database.write(tx ->
                tx.handle()
                        .execute(
                                "UPDATE credential SET sealed = ?",
                                new byte[] {1, 0, 0, 0, 1, -1, -1}));
        assertThat(same(SECRET)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "with\nline", "with-\u00e4", "with\r\nHeader: x"})
    void refusesWhatCannotStandInAHeader(String secret) {
        assertThatThrownBy(() -> put(secret))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("secret");
    }

    @Test
    @Tag("h2")
    void isInNoFileOfTheSiteNorIsItsLabel() throws IOException {
        put(SECRET);
        site.credentials.put(
                site.as(Permission.CREDENTIALS_MANAGE),
                workspace,
                new PutCredential(provider, "planted-label", SECRET));
        site.close();

        assertThat(filesWith("store-pages"))
                .as("the search finds what is there")
                .extracting(file -> file.getFileName().toString())
                .containsExactly("vault.json");
        assertThat(filesWith("planted-label")).isEmpty();
        assertThat(filesWith(SECRET)).isEmpty();
    }

    private List<Path> filesWith(String needle) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, needle))
                    .toList();
        }
    }

    private static boolean contains(Path file, String needle) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(needle);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean same(String secret) {
        return site.reads.read(tx -> site.credentials.sameSecret(tx, workspace, provider, secret));
    }

    private Credential put(String secret) {
        return site.credentials.put(
                site.as(Permission.CREDENTIALS_MANAGE),
                workspace,
                new PutCredential(provider, null, secret));
    }
}
