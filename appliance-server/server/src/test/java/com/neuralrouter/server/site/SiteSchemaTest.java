package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.server.yaml.YamlRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the published schema, the annotated example and what the command reads in step. */
class SiteSchemaTest {
    private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");
    private static final SiteDocument EMPTY =
            new SiteDocument(SiteDocument.API_VERSION, null, List.of(), List.of(), List.of());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;

    @Test
    void theExampleFitsTheSchema() throws IOException {
        String example = Files.readString(REFERENCE.resolve("site.example.yaml"));

        assertThat(errors(example)).isEmpty();
    }

    @Test
    void theExampleCanBeAppliedToAnEmptySite() throws IOException {
        Path file = folder.resolve("site.yaml");
        Files.copy(REFERENCE.resolve("site.example.yaml"), file);
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/claims-gpu-one.key"), "sk-claims\n");
        Files.writeString(
                folder.resolve("internal-ca.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        SiteDocument document = SiteYaml.read(file, _ -> "sk-research").document();

        assertThat(SiteChecks.errors(EMPTY, document, SitePlanner.Unnamed.KEEP)).isEmpty();
        assertThat(document.routes()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: neural-router/v2",
                "policy: {maxOutputTokens: 1}",
                "{apiVersion: neural-router/v1, provider: []}",
                "{apiVersion: neural-router/v1, providers: {}}",
                "{apiVersion: neural-router/v1, policy: {maxOutputTokens: 0}}",
                "{apiVersion: neural-router/v1, policy: {maxOutputTokens: ten}}",
                "{apiVersion: neural-router/v1, policy: {allowedModels: all}}",
                "{apiVersion: neural-router/v1, policy: {maxTokens: 5}}",
                "{apiVersion: neural-router/v1, providers: [{name: a}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: openai}]}",
                "{apiVersion: neural-router/v1, providers: [{name: A, kind: loopback}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: oracle}]}",
                "{apiVersion: neural-router/v1, providers:"
                        + " [{name: a, kind: loopback, baseUrl: 'http://a/v1'}]}",
                "{apiVersion: neural-router/v1, providers:"
                        + " [{name: a, kind: loopback, authentication: bearer}]}",
                "{apiVersion: neural-router/v1, providers:"
                        + " [{name: a, kind: openai, baseUrl: 'ftp://a/v1'}]}",
                "{apiVersion: neural-router/v1, providers:"
                        + " [{name: a, kind: openai, baseUrl: 'https://u:p@a/v1'}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: openai, baseUrl:"
                        + " 'https://a/', trustedCertificates: x}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: loopback,"
                        + " service: {maxConcurrent: 0}}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: loopback,"
                        + " service: {sla: {windowSeconds: 5}}}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: loopback,"
                        + " service: {sla: {availabilityPercent: 101}}}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: loopback,"
                        + " service: {probe: {everySeconds: 5}}}]}"
            })
    void aBrokenProviderIsRefusedByTheSchemaAndByTheAppliance(String broken) throws IOException {
        aBrokenDocumentIsRefusedByTheSchemaAndByTheAppliance(broken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: neural-router/v1, workspaces: [{description: nameless}]}",
                "{apiVersion: neural-router/v1, workspaces: [{name: 7}]}",
                "{apiVersion: neural-router/v1, workspaces: [{name: a, state: paused}]}",
                "{apiVersion: neural-router/v1, workspaces:"
                        + " [{name: a, credentials: [{provider: b, secret: literal}]}]}",
                "{apiVersion: neural-router/v1, workspaces:"
                        + " [{name: a, credentials: [{provider: b, secret: {file: x, env: Y}}]}]}",
                "{apiVersion: neural-router/v1, workspaces: [{name: a, apiKeys: [app]}]}",
                "{apiVersion: neural-router/v1, workspaces:"
                        + " [{name: a, apiKeys: [{name: app, expiresAt: tomorrow}]}]}",
                "{apiVersion: neural-router/v1, routes: [{name: a, model: m, workspaces: ['*']}]}",
                "{apiVersion: neural-router/v1, routes:"
                        + " [{name: a, model: m, workspaces: ['*'], upstreams: []}]}",
                "{apiVersion: neural-router/v1, routes:"
                        + " [{name: a, model: '', workspaces: ['*'], upstreams: [{provider: b}]}]}",
                "{apiVersion: neural-router/v1, routes:"
                        + " [{name: a, model: m, workspaces: [], upstreams: [{provider: b}]}]}",
                "{apiVersion: neural-router/v1, routes: [{name: a, model: m, workspaces: ['*'],"
                        + " strategy: fastest, upstreams: [{provider: b}]}]}",
                "{apiVersion: neural-router/v1, routes: [{name: a, model: m, workspaces: ['*'],"
                        + " headers: [X-Tier], upstreams: [{provider: b}]}]}",
                "{apiVersion: neural-router/v1, routes: [{name: a, model: m, workspaces: ['*'],"
                        + " upstreams: [{provider: b, weight: 0}]}]}",
                "{apiVersion: neural-router/v1, routes: [{name: a, model: m, workspaces: ['*'],"
                        + " upstreams: [{provider: b, use: canary, percent: 101}]}]}",
                "{apiVersion: neural-router/v1, routes: [{name: a, model: m, workspaces: ['*'],"
                        + " upstreams: [{provider: b, price: {inputPerMillion: 1}}]}]}"
            })
    void aBrokenDocumentIsRefusedByTheSchemaAndByTheAppliance(String broken) throws IOException {
        assertThat(errors(broken)).as("by the schema").isNotEmpty();
        assertThat(refusedByTheAppliance(broken)).as("by the appliance").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: bedrock}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: bedrock,"
                        + " baseUrl: 'https://a', authentication: api-key}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: openai,"
                        + " baseUrl: 'https://a', authentication: signature}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: openai,"
                        + " baseUrl: 'https://a', apiVersion: 2024-10-21}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: azure,"
                        + " baseUrl: 'https://a', apiVersion: newest}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: openai,"
                        + " baseUrl: 'https://a', operations: [chat]}]}",
                "{apiVersion: neural-router/v1, providers: [{name: a, kind: cohere,"
                        + " baseUrl: 'https://a', operations: [responses]}]}"
            })
    void aProviderThatIsNotAsItsKindIsIsRefusedByBoth(String broken) throws IOException {
        assertThat(errors(broken)).as("by the schema").isNotEmpty();
        assertThat(refusedByTheAppliance(broken)).as("by the appliance").isTrue();
    }

    @Test
    void everyMemberOfTheDocumentIsInTheSchemaAndTheReverse() throws IOException {
        JsonNode schema = JSON.readTree(schemaText());

        assertThat(members(schema)).containsExactlyElementsOf(members(SiteDocument.class));
        assertThat(members(schema.at("/$defs/provider")))
                .containsExactlyElementsOf(members(SiteDocument.ProviderDocument.class));
        assertThat(members(schema.at("/$defs/service")))
                .containsExactlyElementsOf(members(ServiceDocument.class));
        assertThat(members(schema.at("/$defs/sla")))
                .containsExactlyElementsOf(members(ServiceDocument.SlaDocument.class));
        assertThat(members(schema.at("/$defs/probe")))
                .containsExactlyElementsOf(members(ServiceDocument.ProbeDocument.class));
        assertThat(members(schema.at("/$defs/workspace")))
                .containsExactlyElementsOf(members(SiteDocument.WorkspaceDocument.class));
        assertThat(members(schema.at("/$defs/credential")))
                .containsExactlyElementsOf(members(CredentialDocument.class));
        assertThat(members(schema.at("/$defs/apiKey")))
                .containsExactlyElementsOf(members(ApiKeyDocument.class));
        assertThat(members(schema.at("/$defs/route")))
                .containsExactlyElementsOf(members(SiteDocument.RouteDocument.class));
        assertThat(members(schema.at("/$defs/upstream")))
                .containsExactlyElementsOf(members(SiteDocument.UpstreamDocument.class));
        assertThat(members(schema.at("/$defs/limits")))
                .containsExactlyElementsOf(members(LimitsDocument.class));
        assertThat(members(schema.at("/$defs/budget")))
                .containsExactlyElementsOf(members(BudgetDocument.class));
        assertThat(members(schema.at("/$defs/policy")))
                .containsExactlyElementsOf(members(SiteDocument.PolicyDocument.class));
    }

    private static List<String> members(JsonNode object) {
        return object.get("properties").propertyStream().map(entry -> entry.getKey()).toList();
    }

    private static List<String> members(Class<?> record) {
        return Stream.of(record.getRecordComponents()).map(RecordComponent::getName).toList();
    }

    private boolean refusedByTheAppliance(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("site.yaml"), text);
        try {
            SiteDocument document = SiteYaml.read(file, _ -> "sk").document();
            return !SiteChecks.errors(EMPTY, document, SitePlanner.Unnamed.KEEP).isEmpty();
        } catch (YamlRefused _) {
            return true;
        }
    }

    private static List<Error> errors(String yaml) throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schemaText());
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(JSON.<JsonNode>valueToTree(document));
    }

    private static String schemaText() throws IOException {
        return Files.readString(REFERENCE.resolve("site.schema.json"));
    }
}
