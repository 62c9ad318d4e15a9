package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApplianceStatus.Alert;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.server.apikey.ApiKeyEndpoints;
import com.neuralrouter.server.credential.CredentialEndpoints;
import com.neuralrouter.server.provider.ProviderEndpoints;
import com.neuralrouter.server.route.RouteEndpoints;
import com.neuralrouter.server.workspace.WorkspaceEndpoints;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The admin API over a real listener with mutual TLS: what it answers, and what to bad input. */
@Tag("store")
class AdminHttpTest {
    private static final String WORKSPACES = "/admin/v1/workspaces";

    @TempDir private Path folder;
    private TestSite site;
    private AdminServer server;
    private AdminServer.Client owner;

    @BeforeEach
    void start() {
        site = new TestSite(folder);
        server = new AdminServer(site, endpoints());
        owner = server.client(Role.OWNER);
    }

    private List<AdminEndpoints> endpoints() {
        return List.of(
                new WorkspaceEndpoints(site.reads, site.workspaceStore, site.workspaces),
                new ApiKeyEndpoints(
                        site.reads,
                        site.apiKeyStore,
                        site.workspaceStore,
                        (_, _) -> Map.of(),
                        site.apiKeys,
                        site.clock),
                new CredentialEndpoints(
                        site.reads,
                        site.credentialStore,
                        site.workspaceStore,
                        site.providerStore,
                        site.credentials),
                new ProviderEndpoints(site.reads, site.providerStore),
                new RouteEndpoints(
                        site.reads,
                        site.routeStore,
                        site.workspaceStore,
                        site.providerStore,
                        (_, _) -> {
                            throw new IllegalStateException("planted-secret");
                        }),
                new AuditEndpoints(site.reads, site.auditStore),
                new StatusEndpoints(
                        new StatusEndpoints.Facts(
                                "box",
                                "0.1",
                                site.clock.instant(),
                                () -> "https://127.0.0.1:8443/v1",
                                () -> Set.of(Alert.AUDIT_LOG_UNWRITABLE)),
                        site.reads,
                        site.siteStore,
                        site.auditStore,
                        () -> site.snapshots.current().version(),
                        (_, _) -> 0,
                        site.clock));
    }

    @AfterEach
    void stop() {
        owner.close();
        server.close();
        site.close();
    }

    @Test
    void makesAWorkspaceAndListsIt() throws Exception {
        HttpResponse<String> made =
                owner.post(WORKSPACES, "{\"name\":\"research\",\"description\":\"R\"}");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("etag")).contains("\"1\"");
        assertThat(json(owner.get(WORKSPACES)).at("/items/0/name").asString())
                .isEqualTo("research");
    }

    /** PostgreSQL has no way to keep it: refused before it reaches any store. */
    @Test
    void refusesATextWithTheCharacterZero() throws Exception {
        for (String text : List.of("a\\u0000", "\\u0000", "\\\\\\u0000")) {
            HttpResponse<String> answer =
                    owner.post(WORKSPACES, "{\"name\":\"x\",\"description\":\"" + text + "\"}");

            assertThat(answer.statusCode()).as(text).isEqualTo(400);
            assertThat(answer.body()).contains("U+0000");
        }
        assertThat(owner.post(WORKSPACES, "{\"name\":\"x\",\"description\":\"\\\\u0000\"}"))
                .as("a backslash and some letters")
                .returns(201, HttpResponse::statusCode);
    }

    @Test
    void carriesARequestIdOnEveryAnswer() throws Exception {
        for (HttpResponse<String> answer :
                List.of(
                        owner.get(WORKSPACES),
                        owner.get("/nothing"),
                        owner.post(WORKSPACES, "{"))) {
            assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        }
    }

    @Test
    void showsAKeyOnceAndItsLastFourAfterwards() throws Exception {
        String path = WORKSPACES + "/" + site.workspace("research").id() + "/api-keys";

        JsonNode made = json(owner.post(path, "{\"name\":\"app\"}"));
        JsonNode listed = json(owner.get(path)).at("/items/0");

        String secret = made.at("/secret").asString();
        assertThat(secret).startsWith(listed.at("/prefix").asString());
        assertThat(listed.toString()).doesNotContain(secret);
        assertThat(listed.at("/state").asString()).isEqualTo("ACTIVE");
        JsonNode revoked =
                json(
                        owner.post(
                                "/admin/v1/api-keys/" + listed.at("/id").asString() + "/revoke",
                                ""));
        assertThat(revoked.at("/state").asString()).isEqualTo("REVOKED");
    }

    @Test
    void pagesKeysNewestFirst() throws Exception {
        String path = WORKSPACES + "/" + site.workspace("research").id() + "/api-keys";
        for (int i = 0; i < 3; i++) {
            owner.post(path, "{\"name\":\"key-" + i + "\"}");
        }

        JsonNode first = json(owner.get(path + "?limit=2"));
        JsonNode second =
                json(owner.get(path + "?limit=2&cursor=" + first.at("/nextCursor").asString()));

        assertThat(first.at("/items")).hasSize(2);
        assertThat(second.at("/items")).hasSize(1);
        assertThat(second.at("/nextCursor").isMissingNode()).isTrue();
    }

    @Test
    void setsACredentialAndShowsItsLastFourOnly() throws Exception {
        String path = WORKSPACES + "/" + site.workspace("research").id() + "/credentials";
        var provider = site.provider("openai").endpoint().id();

        HttpResponse<String> put =
                owner.post(
                        path,
                        "{\"providerId\":\"" + provider + "\",\"secret\":\"sk-planted-12345\"}");

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(put.body()).contains("\"lastFour\":\"2345\"").doesNotContain("planted");
        String id = json(owner.get(path)).at("/items/0/id").asString();
        assertThat(owner.delete("/admin/v1/credentials/" + id).statusCode()).isEqualTo(204);
        assertThat(json(owner.get(path)).at("/items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"name":"a","nmae":"b"}         | nmae        | is not known here
                    {"name":"a","name":"b"}         | name        | is there more than once
                    {"description":"a"}             | name        | is missing
                    {"name":null}                   | name        | is missing
                    {"name":5}                      | name        | must be a text
                    {"name":true}                   | name        | must be a text
                    {"name":"planted Secret"}       | name        | must be 1 to 63
                    {"name":["a"]}                  | name        | must be a text
                    """)
    void namesTheFieldThatCannotBeUsedAndNotItsValue(String body, String field, String message)
            throws Exception {
        HttpResponse<String> answer = owner.post(WORKSPACES, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.at("/code").asString()).isEqualTo("invalid_field");
        assertThat(problem.at("/fieldErrors/0/field").asString()).isEqualTo(field);
        assertThat(problem.at("/fieldErrors/0/message").asString()).startsWith(message);
        assertThat(problem.at("/requestId").asString())
                .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(answer.body()).doesNotContain("planted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "\"x\"", "{} {}", "not json"})
    void refusesWhatIsNoJsonObject(String body) throws Exception {
        HttpResponse<String> answer = owner.post(WORKSPACES, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/code").asString()).isEqualTo("malformed_request");
    }

    @Test
    void refusesABodyAboveOneMebibyte() throws Exception {
        HttpResponse<String> answer =
                owner.post(WORKSPACES, "{\"name\":\"" + "x".repeat(1 << 20) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void refusesABodyThatIsNoJsonByItsType() throws Exception {
        HttpResponse<String> answer =
                owner.send(
                        owner.request(WORKSPACES)
                                .header("content-type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void tellsAnUnknownPathFromAWrongMethod() throws Exception {
        assertThat(json(owner.get("/admin/v1/nothing")).at("/code").asString())
                .isEqualTo("not_found");
        HttpResponse<String> deleted = owner.delete(WORKSPACES);
        assertThat(deleted.statusCode()).isEqualTo(405);
        assertThat(deleted.headers().firstValue("allow")).contains("GET, POST");
    }

    @Test
    void answersATakenNameWithConflict() throws Exception {
        owner.post(WORKSPACES, "{\"name\":\"research\"}");

        HttpResponse<String> again = owner.post(WORKSPACES, "{\"name\":\"research\"}");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).at("/code").asString()).isEqualTo("name_taken");
    }

    @Test
    void letsAMemberLookAndRecordsWhatItTried() throws Exception {
        try (AdminServer.Client member = server.client(Role.MEMBER)) {
            assertThat(member.get(WORKSPACES).statusCode()).isEqualTo(200);

            HttpResponse<String> refused = member.post(WORKSPACES, "{\"name\":\"mine\"}");

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).at("/code").asString()).isEqualTo("permission_missing");
            assertThat(site.entries().getFirst())
                    .satisfies(entry -> {
                        assertThat(entry.action()).isEqualTo("access.refused");
                        assertThat(entry.actor().address()).isEqualTo("127.0.0.1");
                        assertThat(entry.details())
                                .containsEntry("permission", Permission.WORKSPACES_MANAGE.name());
                    });
        }
    }

    @Test
    void refusesARevokedDeviceOnTheConnectionItHasOpen() throws Exception {
        assertThat(owner.get(WORKSPACES).statusCode()).isEqualTo(200);

        server.revoke(owner);

        HttpResponse<String> refused = owner.get(WORKSPACES);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).at("/code").asString()).isEqualTo("certificate_refused");
    }

    @Test
    void saysNothingOfAnUnexpectedFailureButItsRequestId() throws Exception {
        site.workspace("research");
        site.provider("p");
        site.apply(tx ->
                site.routes.createIn(
                        tx,
                        new RouteDocument(
                                "chat",
                                "gpt",
                                List.of("*"),
                                List.of(new UpstreamDocument("p", null)))));

        HttpResponse<String> failed = owner.get("/admin/v1/routes");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).doesNotContain("planted-secret").contains("requestId");
    }

    @Test
    void pagesTheTrailNewestFirst() throws Exception {
        site.workspace("a");
        site.workspace("b");

        JsonNode first = json(owner.get("/admin/v1/audit?limit=2"));
        JsonNode second =
                json(
                        owner.get(
                                "/admin/v1/audit?limit=2&cursor="
                                        + first.at("/nextCursor").asString()));

        assertThat(first.at("/items/0/sequence").asLong()).isEqualTo(5);
        assertThat(second.at("/items/0/sequence").asLong()).isEqualTo(3);
        assertThat(json(owner.get("/admin/v1/audit?limit=0")).at("/fieldErrors/0/field").asString())
                .isEqualTo("limit");
    }

    @Test
    void tellsWhoAsksAndWhereTheSiteStands() throws Exception {
        site.workspace("a");

        JsonNode status = json(owner.get("/admin/v1/status"));
        assertThat(status.at("/alerts/0").asString()).isEqualTo("AUDIT_LOG_UNWRITABLE");

        assertThat(status.at("/you/role").asString()).isEqualTo("OWNER");
        assertThat(status.at("/snapshot").asLong()).isEqualTo(1);
        assertThat(status.at("/auditEntries").asLong()).isEqualTo(3);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
