package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.yaml.YamlRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

class SiteYamlTest {
    @TempDir private Path folder;

    @Test
    void readsEveryMemberOfTheDocument() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "sk-from-file\n");
        Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        SiteDocument document =
                read(
                        """
                        apiVersion: neural-router/v1
                        policy: {deniedModels: [x], maxOutputTokens: 10}
                        providers:
                          - name: gpu
                            kind: openai
                            baseUrl: https://gpu/v1
                            authentication: none
                            trustedCertificates: {file: ca.pem}
                        workspaces:
                          - name: research
                            description: Research
                            state: suspended
                            policy: {allowedModels: [], allowedProviders: [gpu], maxRequestBytes: 9}
                            credentials:
                              - {provider: gpu, label: a, secret: {file: key.txt}}
                              - {provider: other, secret: {env: OTHER}}
                            apiKeys:
                              - {name: app, expiresAt: "2027-01-01T00:00:00Z"}
                        routes:
                          - name: chat
                            model: house-chat
                            workspaces: ["*"]
                            upstreams: [{provider: gpu, model: llama}]
                        """);

        var provider = document.providers().getFirst();
        assertThat(provider.kind()).isEqualTo(ProviderKind.OPENAI);
        assertThat(provider.authentication()).isEqualTo(Authentication.NONE);
        assertThat(provider.trustedCertificates()).startsWith("-----BEGIN CERTIFICATE-----");
        var workspace = document.workspaces().getFirst();
        assertThat(workspace.state()).isEqualTo(Workspace.State.SUSPENDED);
        assertThat(workspace.policy().allowedModels()).isEmpty();
        assertThat(workspace.credentials().get(0).secret()).isEqualTo("sk-from-file");
        assertThat(workspace.credentials().get(1).secret()).isEqualTo("sk-from-env");
        assertThat(workspace.apiKeys().getFirst().expiresAt())
                .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(document.routes().getFirst().upstreams().getFirst().model()).isEqualTo("llama");
    }

    @Test
    void refusesALiteralSecretWithItsLineAndTheTwoWaysAndWithoutTheSecret() {
        String message =
                refusal(
                        """
                        apiVersion: neural-router/v1
                        workspaces:
                          - name: research
                            credentials:
                              - provider: gpu
                                secret: sk-planted-4711
                        """);

        assertThat(message)
                .contains("site.yaml:6:17: workspaces[0].credentials[0].secret")
                .contains("{file: path}")
                .contains("{env: NAME}")
                .doesNotContain("sk-planted-4711");
    }

    @Test
    void neverQuotesALineThatIsNoYaml() {
        assertThat(refusal("secret: \"sk-planted-4711\n  : ]\n")).doesNotContain("sk-planted");
    }

    @Test
    void tellsWhichFileOrVariableIsMissing() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");

        String message =
                refusal(
                        """
                        apiVersion: neural-router/v1
                        workspaces:
                          - name: research
                            credentials:
                              - {provider: a, secret: {file: nowhere.txt}}
                              - {provider: b, secret: {env: NOT_SET}}
                              - {provider: c, secret: {file: empty}}
                              - {provider: d, secret: {file: empty, env: OTHER}}
                              - {provider: e, secret: {}}
                        """);

        assertThat(message.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(":5:").contains("there is no file"),
                        line -> assertThat(line).contains(":6:").contains("NOT_SET is not set"),
                        line -> assertThat(line).contains(":7:").contains("is empty, or has"),
                        line -> assertThat(line).contains(":8:").contains("must name one source"),
                        line -> assertThat(line).contains(":9:").contains("must name one source"));
    }

    @Test
    void whatIsWrittenReadsBackWithoutTheSecrets() throws IOException {
        SiteDocument document =
                read(
                        """
                        apiVersion: neural-router/v1
                        policy: {deniedModels: ["quote \\" and \\\\", "true"], maxOutputTokens: 1}
                        providers:
                          - name: gpu
                            kind: openai
                            baseUrl: "http://gpu:1/v1"
                            service:
                              maxConcurrent: 8
                              maxQueued: 0
                              queueMillis: 500
                              attemptMillis: 60000
                              connectMillis: 2000
                              firstByteMillis: 20000
                              betweenBytesMillis: 10000
                              sla:
                                windowSeconds: 30
                                minRequests: 5
                                availabilityPercent: 99.50
                                errorPercent: 2
                                firstTokenMillis: 800
                                tokensPerSecond: 20
                                onBreach: report
                              probe: {kind: completion, everySeconds: 10, model: "tiny: 1"}
                        workspaces:
                          - name: on
                            description: "line\\nbreak, ünïcode 🙂 and tab\\t"
                            state: active
                            credentials: [{provider: gpu, label: "12"}]
                            apiKeys: [{name: "a: b # c"}]
                        routes:
                          - {name: chat, model: 4o, workspaces: ["*"], upstreams: [{provider: gpu}]}
                          - name: ways
                            model: m
                            workspaces: [on]
                            strategy: prefix-affinity
                            headers: [x-tier]
                            hedgeAfterMillis: 250
                            totalMillis: 90000
                            upstreams:
                              - provider: gpu
                                weight: 3
                                when: header["x-tier"] != 'a "b"'
                                price: {inputPerMillion: 0.15, outputPerMillion: 12}
                              - {provider: gpu, model: n, use: after-context-window}
                              - {provider: gpu, model: o, use: canary, percent: 5}
                        """);

        assertThat(read(SiteYamlWriter.text(document))).isEqualTo(document);
    }

    @Test
    void findsTheLineOfWhatTheApplianceFoundWrong() throws IOException {
        Path file =
                write("apiVersion: neural-router/v1\nproviders:\n  - {name: a, kind: loopback}\n");
        SiteYaml yaml = SiteYaml.read(file, _ -> null);

        assertThat(yaml.file().errorAt("providers[0].name", "bad").line()).isEqualTo(3);
        assertThat(yaml.file().errorAt("providers[0].baseUrl", "bad").line()).isEqualTo(3);
        assertThat(yaml.file().errorAt("routes[7].name", "bad").line()).isEqualTo(1);
    }

    private SiteDocument read(String text) throws IOException {
        return SiteYaml.read(write(text), Map.of("OTHER", "sk-from-env")::get).document();
    }

    private String refusal(String text) {
        YamlRefused refused = catchThrowableOfType(YamlRefused.class, () -> read(text));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("site.yaml"), text);
    }
}
