package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * After a run that used keys, a provider's credential, an enrolment code, prompts and completions,
 * in good requests and in every kind of bad one, none of them stands in any file of the site's
 * folder or in the server's log. The search is shown to find what was planted.
 */
class NoSecretOnDiskIT {
    private static final String MODEL = "small-chat";
    private static final String CREDENTIAL = "sk-canary-credential-7Qw2Zp9Lk4";
    private static final String PROMPT = "Canary prompt: \"Frau Müller\" owes\nus 4711 francs.";
    private static final String COMPLETION = "Canary answer: \"nobody\" told Müller.";
    private static final String MALFORMED = "canary-in-a-malformed-body-55";
    private static final String WRONG_KEY = "nr_canary-of-a-wrong-key-8812";
    private static final String WRONG_MODEL = "canary-of-an-unknown-model-91";
    private static final String ADMIN_BODY = "canary-in-an-admin-body-3306";
    private static final String ROW = "canary-\"Ä\"-in-a-row-20";

    @TempDir private Path folder;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    @Test
    void nothingSecretIsFoundInTheSitesFolderAndTheLogAndWhatWasPlantedIs() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        Path log = site.root().resolve("server.log");
        secrets.put("credential", CREDENTIAL);
        secrets.put("prompt", PROMPT);
        secrets.put("completion", COMPLETION);
        secrets.put("malformed body", MALFORMED);
        secrets.put("wrong key", WRONG_KEY);
        secrets.put("unknown model", WRONG_MODEL);
        secrets.put("admin body", ADMIN_BODY);
        secrets.put("row", ROW);

        try (FakeUpstream upstream = FakeUpstream.start();
                var server = ServerProcess.start(site, log);
                var operator = Administrator.operatorOf(site, server.running().adminPort())) {
            use(site, server, operator, upstream);
        }

        assertThat(Files.size(log)).as("bytes of the log").isGreaterThan(200);
        assertThat(new ByteSearch(secrets).findings(site.root())).as("secrets found").isEmpty();
        assertFindsWhatIsPlanted(site.store());
    }

    private void assertFindsWhatIsPlanted(Path store) throws IOException {
        Map<String, byte[]> forms = ByteSearch.forms(PROMPT);
        for (Map.Entry<String, byte[]> form : forms.entrySet()) {
            byte[] content = new byte[1_000 + form.getValue().length];
            System.arraycopy(form.getValue(), 0, content, 500, form.getValue().length);
            Path planted = Files.write(store.resolve("planted"), content);

            assertThat(new ByteSearch(secrets).findings(store))
                    .contains("prompt as " + form.getKey() + " in planted");
            Files.delete(planted);
        }
    }

    private void use(
            SiteFolder site, ServerProcess server, Administrator operator, FakeUpstream upstream)
            throws IOException {
        operator.post(AdminApi.WORKSPACES, new CreateWorkspace("planted", ROW), Workspace.class);
        AppliedSite applied = operator.apply(document(upstream));
        CreatedApiKey good = applied.createdKeys().get(0);
        CreatedApiKey withdrawn = applied.createdKeys().get(1);
        remember("API key", good.secret());
        remember("revoked API key", withdrawn.secret());
        Enrolled device =
                Enrolled.in(site, server.running().enrolmentPort(), operator, "second desktop");
        secrets.put("enrolment code", device.code());
        secrets.put("enrolment token", device.token());

        String url = "https://localhost:" + server.running().inferencePort();
        var tls = SiteTrust.of(site).context();
        try (App app = new App(url, good.secret(), tls);
                App wrong = new App(url, WRONG_KEY, tls);
                App former = new App(url, withdrawn.secret(), tls)) {
            goodRequests(app, upstream);
            failingUpstreams(app, upstream);
            badRequests(app);
            assertThat(wrong.ask(App.chat(MODEL, PROMPT)).status()).isEqualTo(401);
            operator.post(
                    AdminApi.API_KEYS + "/" + withdrawn.key().id() + AdminApi.REVOKE, ApiKey.class);
            assertThat(former.ask(App.chat(MODEL, PROMPT)).status()).isEqualTo(401);
        }
        badAdminRequests(operator);
        assertThat(upstream.requests())
                .as("the upstream got the credential")
                .allMatch(request -> request.header("authorization").contains(CREDENTIAL));
    }

    private void remember(String name, String key) {
        secrets.put(name, key);
        secrets.put(name + "'s secret part", key.split("_")[2]);
    }

    private static void goodRequests(App app, FakeUpstream upstream) throws IOException {
        upstream.always(Completions.asAsked(MODEL, COMPLETION));
        assertThat(app.ask(App.chat(MODEL, PROMPT)).content()).isEqualTo(COMPLETION);
        assertThat(app.ask(App.stream(MODEL, PROMPT)).content()).isEqualTo(COMPLETION);
    }

    /** Providers repeat in their errors what they were sent, the credential sometimes included. */
    private static void failingUpstreams(App app, FakeUpstream upstream) throws IOException {
        String echo =
                "{\"error\":{\"message\":\"%s %s\"}}"
                        .formatted(CREDENTIAL, PROMPT.replace("\"", "\\\"").replace("\n", "\\n"));
        for (int status : List.of(400, 401, 403, 404, 429, 500, 503)) {
            upstream.always(FakeUpstream.status(status, "content-type: application/json", echo));
            app.ask(App.chat(MODEL, PROMPT));
            app.ask(App.stream(MODEL, PROMPT));
        }
        upstream.always(FakeUpstream.status(200, "content-type: " + CREDENTIAL, echo));
        app.ask(App.chat(MODEL, PROMPT));
        upstream.always(exchange -> exchange.write("HTTP/9 " + CREDENTIAL + "\r\n\r\n"));
        app.ask(App.chat(MODEL, PROMPT));
        upstream.always(
                FakeUpstream.events(
                        Completions.chunk(MODEL, "{\"content\":\"x\"}", "null"), echo, "[DONE]"));
        app.ask(App.stream(MODEL, PROMPT));
        upstream.always(FakeUpstream.Exchange::reset);
        assertThat(app.ask(App.chat(MODEL, PROMPT)).status()).isEqualTo(502);
    }

    private static void badRequests(App app) throws IOException {
        for (String body :
                List.of(
                        "{\"model\":" + MALFORMED,
                        "{\"" + MALFORMED + "\":1,\"" + MALFORMED + "\":2}",
                        "{\"model\":{\"" + MALFORMED + "\":1}}",
                        "{\"model\":\"m\",\"messages\":\"" + MALFORMED + "\"}",
                        App.chat(WRONG_MODEL, PROMPT),
                        MALFORMED)) {
            assertThat(app.ask(body).status()).as(body).isBetween(400, 404);
        }
    }

    private static void badAdminRequests(Administrator operator) throws IOException {
        for (Map<String, ?> body :
                List.of(
                        Map.of("name", "x", "secret", ADMIN_BODY),
                        Map.of("name", "x", ADMIN_BODY, "y"),
                        Map.of("name", Map.of("a", ADMIN_BODY)))) {
            assertThat(operator.statusOfPost(AdminApi.WORKSPACES, body)).isEqualTo(400);
            assertThat(operator.statusOfPost(AdminApi.SITE_APPLY, body)).isEqualTo(400);
        }
    }

    private static SiteDocument document(FakeUpstream upstream) {
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(
                        new ProviderDocument(
                                "upstream",
                                ProviderKind.OPENAI,
                                upstream.baseUrl().toString(),
                                null,
                                null)),
                List.of(
                        new WorkspaceDocument(
                                "research",
                                null,
                                null,
                                null,
                                List.of(new CredentialDocument("upstream", "team", CREDENTIAL)),
                                List.of(
                                        new ApiKeyDocument("app", null, null),
                                        new ApiKeyDocument("former", null, null)))),
                List.of(
                        new RouteDocument(
                                "route",
                                MODEL,
                                List.of("research"),
                                List.of(new UpstreamDocument("upstream", null)))));
    }
}
