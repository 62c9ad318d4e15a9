package com.neuralrouter.server.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.StoreFailure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What a provider may be, and when it may go. */
@Tag("store")
class ProviderCommandsTest {
    @TempDir private Path folder;
    private TestSite site;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void fillsInWhatTheDocumentLeavesOut() {
        StoredProvider openai = site.provider("a");
        StoredProvider loopback =
                create(new ProviderDocument("b", ProviderKind.LOOPBACK, null, null, null));

        assertThat(openai.endpoint().authentication()).isEqualTo(Authentication.BEARER);
        assertThat(openai.endpoint().baseUrl()).isEqualTo(URI.create("https://127.0.0.1:8000/v1"));
        assertThat(loopback.endpoint().authentication()).isEqualTo(Authentication.NONE);
        assertThat(loopback.endpoint().baseUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/v1",
                "https:///v1",
                "https://user:planted@host/v1",
                "https://host/v1?key=planted",
                "https://host/v1#planted",
                "https://host:70000/v1",
                "https://ho st/v1",
                "host/v1",
                "file:///etc/passwd",
                ""
            })
    void refusesAnAddressThatIsNoPlainHttpUrl(String baseUrl) {
        assertThatThrownBy(() -> create(TestSite.openAi("p", baseUrl)))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("baseUrl")
                .hasMessageNotContaining("planted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no PEM",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void refusesTrustThatIsNoCertificate(String pem) {
        var document = new ProviderDocument("p", ProviderKind.OPENAI, "https://host/v1", null, pem);

        assertThatThrownBy(() -> create(document))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("trustedCertificates");
    }

    @Test
    void refusesALoopbackWithAnAddress() {
        assertThatThrownBy(() ->
                        create(
                                new ProviderDocument(
                                        "p", ProviderKind.LOOPBACK, "https://host/v1", null, null)))
                .isInstanceOf(AdminRefused.class);
    }

    @Test
    void refusesAKindThatThereIsNoAdapterFor() {
        var commands =
                new ProviderCommands(
                        site.providerStore,
                        Set.of(ProviderKind.LOOPBACK),
                        new Ids(Clock.systemUTC()),
                        Clock.systemUTC());

        assertThatThrownBy(() ->
                        site.apply(tx ->
                                commands.createIn(
                                        tx,
                                        TestSite.openAi("p", "https://host/v1"),
                                        TestSite.consent())))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("kind");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, API_KEY, , ",
        "COHERE, SIGNATURE, , ",
        "BEDROCK, API_KEY, , ",
        "BEDROCK, SIGNATURE, , ",
        "ANTHROPIC, SIGNATURE, , ",
        "LOOPBACK, BEARER, , ",
        "OPENAI, BEARER, , 2024-10-21",
        "AZURE, BEARER, , '2024-10-21&x=y'",
        "AZURE, BEARER, , latest",
        "ANTHROPIC, BEARER, RESPONSES, "
    })
    void refusesWhatAKindDoesNotHave(
            ProviderKind kind,
            Authentication authentication,
            @Nullable Operation operation,
            @Nullable String apiVersion) {
        var document =
                new ProviderDocument(
                        "p",
                        kind,
                        kind == ProviderKind.LOOPBACK ? null : "https://host/v1",
                        authentication,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        operation == null ? null : List.of(operation),
                        apiVersion,
                        null);

        assertThatThrownBy(() -> create(document)).isInstanceOf(AdminRefused.class);
    }

    @Test
    void keepsWhatItServesAndItsVersionOverAnUpdate() {
        StoredProvider provider =
                create(
                        new ProviderDocument(
                                "p",
                                ProviderKind.AZURE,
                                "https://host",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(Operation.RESPONSES, Operation.EMBEDDINGS),
                                "2024-10-21",
                                null));

        assertThat(stored(provider)).isEqualTo(provider.endpoint());
        assertThat(provider.endpoint().authentication()).isEqualTo(Authentication.API_KEY);
        assertThat(provider.endpoint().options().apiVersion()).isEqualTo("2024-10-21");

        site.apply(tx ->
                site.providers.updateIn(
                        tx,
                        provider.endpoint().id(),
                        new ProviderDocument("p", ProviderKind.AZURE, "https://host", null, null),
                        TestSite.consent()));

        assertThat(stored(provider).options()).isEqualTo(Endpoint.Options.NONE);
    }

    private Endpoint stored(StoredProvider provider) {
        return site.reads
                .read(tx -> site.providerStore.find(tx, provider.endpoint().id()))
                .orElseThrow()
                .endpoint();
    }

    @Test
    void staysWhileACredentialIsForIt() {
        StoredProvider provider = site.provider("p");
        var put = new PutCredential(provider.endpoint().id(), null, "sk-0123456789");
        var workspace = site.workspace("research").id();
        site.apply(tx -> site.credentials.putIn(tx, workspace, put));

        assertThatThrownBy(() ->
                        site.apply(tx -> site.providers.deleteIn(tx, provider.endpoint().id())))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.foreignKeyViolated()).isTrue());
        assertThat(site.reads.read(site.providerStore::all)).hasSize(1);
    }

    private StoredProvider create(ProviderDocument document) {
        return site.apply(tx -> site.providers.createIn(tx, document, TestSite.consent()));
    }
}
