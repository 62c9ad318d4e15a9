package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.acceptance.CommandProcess.Ran;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code neural-router content} with a site that keeps what a person says. */
class ContentCommandsIT {
    private static final String OPTED_IN =
            """
            apiVersion: neural-router/v1
            providers:
              - {name: loopback, kind: loopback}
            workspaces:
              - {name: legal, policy: {keepContentFor: 30d}, apiKeys: [{name: app}]}
            routes:
              - {name: house, model: house, workspaces: [legal], upstreams: [{provider: loopback}]}
            """;

    @TempDir private Path folder;

    @Test
    void exportsForTheOwnerAloneAndErasesForGood() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                var app =
                        new App(
                                "https://localhost:" + server.running().inferencePort(),
                                optedIn(site),
                                SiteTrust.of(site).context())) {
            String said =
                    "{\"model\":\"house\",\"user\":\"u-7\",\"messages\":"
                            + "[{\"role\":\"user\",\"content\":\"my illness\"}]}";
            App.Answer answer = app.ask(said);
            assertThat(answer.status()).isEqualTo(200);
            awaitListed(site, answer.requestId());

            Path to = folder.resolve("export");
            Ran exported = command(site, with("export", "--to", to));
            assertThat(exported.output()).contains(to + ": 1.");
            Path request = to.resolve(answer.requestId() + ".request");
            assertThat(request).hasContent(said);
            assertThat(to.resolve(answer.requestId() + ".answer")).content().contains("choices");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(request)))
                    .isEqualTo("rw-------");

            assertThat(command(site, with("erase")).output()).contains("was erased: 1.");
            Ran shown = command(site, "content", "show", answer.requestId(), "--reason", "case 2");
            assertThat(shown.code()).isNotZero();
            assertThat(shown.output()).doesNotContain("illness");
        }
    }

    /** Applies the document; returns the key. */
    private String optedIn(SiteFolder site) throws Exception {
        Path document = Files.writeString(folder.resolve("site.yaml"), OPTED_IN);
        Path keys = folder.resolve("keys.json");
        Ran applied = command(site, "apply", "-f", document, "--yes", "--keys-to", keys);
        assertThat(applied.code()).as(applied.output()).isZero();
        return JsonMapper.shared().readTree(keys.toFile()).at("/keys/0/key").asString();
    }

    /** It is in the store a moment after the answer. */
    private void awaitListed(SiteFolder site, String request) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String listed = "";
        while (!listed.contains(request) && System.nanoTime() < deadline) {
            listed = command(site, "content", "list", "--workspace", "legal").output();
        }
        assertThat(listed).contains(request);
    }

    private static Object[] with(String verb, Object... more) {
        List<Object> all = new ArrayList<>(List.of("content", verb));
        all.addAll(List.of("--workspace", "legal", "--subject", "u-7"));
        all.addAll(List.of("--reason", "access request 1"));
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }

    private Ran command(SiteFolder site, Object... arguments) throws Exception {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--site", site.root()));
        return CommandProcess.run(folder, all.toArray());
    }
}
