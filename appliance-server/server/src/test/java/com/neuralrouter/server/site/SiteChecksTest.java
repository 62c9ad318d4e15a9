package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.server.site.SitePlanner.Unnamed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SiteChecksTest {
    private static final String NOTHING = "apiVersion: neural-router/v1";
    private static final String NOW =
            """
            apiVersion: neural-router/v1
            providers: [{name: gpu, kind: loopback}]
            workspaces: [{name: research, credentials: [{provider: gpu}]}]
            routes:
              - {name: chat, model: chat, workspaces: [research], upstreams: [{provider: gpu}]}
            """;

    @TempDir private Path folder;

    @Test
    void findsReferencesThatLeadNowhereAndNamesTheNearest() throws IOException {
        String wanted =
                """
                apiVersion: neural-router/v1
                policy: {allowedProviders: [gup]}
                routes:
                  - {name: a, model: b, workspaces: [reserch], upstreams: [{provider: gpus}]}
                """;

        assertThat(errors(NOW, wanted, Unnamed.KEEP))
                .extracting(FieldError::field, FieldError::message)
                .containsExactly(
                        tuple(
                                "policy.allowedProviders[0]",
                                "there is no provider 'gup'; did you mean 'gpu'?"),
                        tuple(
                                "routes[0].workspaces[0]",
                                "there is no workspace 'reserch'; did you mean 'research'?"),
                        tuple(
                                "routes[0].upstreams[0].provider",
                                "there is no provider 'gpus'; did you mean 'gpu'?"));
    }

    @Test
    void whatPruningWouldRemoveCannotBeReferredTo() throws IOException {
        String wanted = "{apiVersion: neural-router/v1, policy: {allowedProviders: [gpu]}}";

        assertThat(errors(NOW, wanted, Unnamed.KEEP)).isEmpty();
        assertThat(errors(NOW, wanted, Unnamed.REMOVE)).hasSize(1);
    }

    @Test
    void findsNamesThatAreThereTwice() throws IOException {
        String wanted =
                """
                apiVersion: neural-router/v1
                providers: [{name: p, kind: loopback}, {name: p, kind: loopback}]
                workspaces:
                  - name: w
                    credentials:
                      - {provider: p, secret: {env: A}}
                      - {provider: p, secret: {env: A}}
                    apiKeys: [{name: k}, {name: k}]
                """;

        assertThat(errors(NOTHING, wanted, Unnamed.KEEP))
                .extracting(FieldError::field)
                .containsExactly(
                        "providers[1].name",
                        "workspaces[0].credentials[1].provider",
                        "workspaces[0].apiKeys[1].name");
    }

    @Test
    void aNewCredentialNeedsASecretAndAnExistingOneDoesNot() throws IOException {
        String wanted =
                "{apiVersion: neural-router/v1, workspaces:"
                        + " [{name: research, credentials: [{provider: gpu}]}]}";

        assertThat(errors(NOW, wanted, Unnamed.KEEP)).isEmpty();
        assertThat(errors(NOW, wanted.replace("research", "claims"), Unnamed.KEEP))
                .extracting(FieldError::field)
                .containsExactly("workspaces[0].credentials[0].secret");
    }

    @Test
    void oneModelMustNotLeadAWorkspaceTwoWays() throws IOException {
        String wanted =
                """
                apiVersion: neural-router/v1
                routes:
                  - {name: other, model: chat, workspaces: ["*"], upstreams: [{provider: gpu}]}
                """;

        assertThat(errors(NOW, wanted, Unnamed.KEEP))
                .extracting(FieldError::field)
                .containsExactly("routes[0].model");
        assertThat(errors(NOW, wanted.replace("name: other", "name: chat"), Unnamed.KEEP))
                .isEmpty();
    }

    private List<FieldError> errors(String now, String wanted, Unnamed unnamed) throws IOException {
        return SiteChecks.errors(document(now), document(wanted), unnamed);
    }

    private SiteDocument document(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("site.yaml"), text);
        return SiteYaml.read(file, name -> name).document();
    }
}
