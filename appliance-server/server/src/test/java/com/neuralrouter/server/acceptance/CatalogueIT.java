package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.bootstrap.SiteFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model catalogue of a running appliance: shown, verified, extended, told to apps. */
class CatalogueIT {
    private static final String MODEL = "gpt-4.1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private static Path folder;
    private static RunningSite site;
    private static String key;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
        key = site.openFor(MODEL);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void isShownAndExtendedByCommands() throws Exception {
        SiteFolder other = RunningSite.found(folder.resolve("other"));
        Path own =
                Files.writeString(
                        folder.resolve("own.json"),
                        """
                        {"format":1,"currency":"EUR","models":[{"id":"gpt-4.1","contextTokens":4096,
                         "prices":[{"validFrom":"2026-01-01","input":1.9,"output":7.6}]}]}
                        """);
        try (var server = ServerProcess.start(other, folder.resolve("server.log"))) {
            assertThat(server.running().pid()).isPositive();
            CommandProcess.Ran before = run("catalogue", "show", "--site", other.root());
            CommandProcess.Ran imported =
                    run("catalogue", "import", own, "--own", "--site", other.root());
            CommandProcess.Ran after = run("catalogue", "show", "--site", other.root());

            assertThat(before.output())
                    .contains("gpt-4.1  context=1047576  2 / 0.5 / ? / 8 from 2025-04-14")
                    .contains("llama-3.3-70b-instruct  context=131072  no price")
                    .contains("came with the appliance), nothing of the site's own.");
            assertThat(imported.output()).startsWith("In force: price book 2026112901+");
            assertThat(after.output())
                    .contains("gpt-4.1  context=4096  1.9 / ? / ? / 7.6 from 2026-01-01")
                    .contains("gpt-4o  context=128000  no price");
        }
    }

    @Test
    void verifiesFilesWithoutASite() throws Exception {
        Path file = copied("models.json");
        copied("models.json.sig");
        CommandProcess.Ran good = run("catalogue", "verify", file);
        Files.writeString(file, Files.readString(file).replace("0.5", "0.1"));
        CommandProcess.Ran bad = run("catalogue", "verify", file);

        assertThat(good.output()).startsWith("Good: catalogue 2026112901 of 2026-11-29");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.output()).contains("The signature is not that of this file");
    }

    @Test
    void isToldToAppsInTheirApisForm() throws Exception {
        JsonNode openAi = models("/" + MODEL, "authorization", "Bearer " + key);
        JsonNode anthropic = models("", "x-api-key", key, "anthropic-version", "2023-06-01");
        JsonNode one = models("/" + MODEL, "x-api-key", key, "anthropic-version", "2023-06-01");
        JsonNode none = models("/none", "x-api-key", key, "anthropic-version", "2023-06-01");

        assertThat(openAi.path("object").asString()).isEqualTo("model");
        assertThat(openAi.path("owned_by").asString()).isEqualTo("openai");
        assertThat(openAi.path("max_output_tokens").asInt()).isEqualTo(32_768);
        assertThat(anthropic.path("has_more").asBoolean()).isFalse();
        assertThat(anthropic.path("first_id").asString()).isEqualTo(MODEL);
        assertThat(anthropic.at("/data/0")).isEqualTo(one);
        assertThat(one.path("type").asString()).isEqualTo("model");
        assertThat(one.path("created_at").asString()).endsWith("Z");
        assertThat(none.path("type").asString()).isEqualTo("error");
        assertThat(none.at("/error/type").asString()).isEqualTo("not_found_error");
    }

    private static JsonNode models(String below, String... headers) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(site.trust().context()).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(site.inferenceUrl() + "/v1/models" + below))
                                    .headers(headers)
                                    .build(),
                            BodyHandlers.ofString());
            return JSON.readTree(answer.body());
        }
    }

    private static Path copied(String name) throws IOException {
        try (InputStream in = CatalogueIT.class.getResourceAsStream("/catalogue/" + name)) {
            assertThat(in).isNotNull();
            return Files.writeString(
                    folder.resolve(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static CommandProcess.Ran run(Object... arguments) throws Exception {
        return CommandProcess.run(folder, arguments);
    }
}
