package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.LogLeaves;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.cli.Main;
import com.neuralrouter.tlog.LogExport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The audit log of a real server process, got out by the real commands and verified by them and by
 * the verifier that lies in each export; with a kill in between.
 */
class AuditLogIT {
    private static final String MODEL = "gpt";
    private static final int REQUESTS = 30;

    @TempDir private Path folder;
    private SiteFolder site;
    private String key;

    private record Ran(int code, String output) {}

    @BeforeEach
    void open() throws IOException {
        try (RunningSite running = RunningSite.start(folder.resolve("site"))) {
            key = running.openFor(MODEL);
            site = running.folder();
        }
    }

    @Test
    void everyEntryAndEveryRequestIsInAnExportThatAnybodyCanVerify() throws Exception {
        Path first = folder.resolve("first");
        try (ServerProcess server = ServerProcess.start(site, folder.resolve("server.log"))) {
            List<String> asked = ask(server);
            assertThat(awaitRequests(server, REQUESTS)).containsAll(asked);
            assertDone("audit", "export", "--site", site.root(), "--to", first);
            assertThat(assertDone("audit", "proof", "--site", site.root(), "1"))
                    .contains("\"action\":\"site.founded\"", "c2sp.org/tlog-proof");
            assertThat(
                            assertDone(
                                    "audit",
                                    "proof",
                                    "--site",
                                    site.root(),
                                    "--request",
                                    asked.getFirst()))
                    .contains(asked.getFirst(), "c2sp.org/tlog-proof");
            theWorkspacesPartIsProven(asked);
            server.kill();
        }
        assertThat(assertDone("audit", "verify", first)).startsWith("good: ");
        assertThat(verifier(first).code()).isZero();

        Path second = folder.resolve("second");
        try (ServerProcess server = ServerProcess.start(site, folder.resolve("server.log"))) {
            assertThat(entries(server))
                    .extracting(AuditEntry::action)
                    .contains("appliance.unclean_stop", "appliance.started", "device.signed_in");
            assertDone("audit", "export", "--site", site.root(), "--to", second);
        }
        Ran grown = verifier(second, "--remembered", first.resolve("checkpoint"));
        assertThat(grown.code()).as(grown.output()).isZero();
        assertThat(verifier(first, "--remembered", second.resolve("checkpoint")).code())
                .isEqualTo(1);
        everyChangeIsFound(second);
    }

    @Test
    void aLogThatWasPutBackKeepsTheServerFromStartingAndIsSaidSo() throws Exception {
        Path older = folder.resolve("older");
        copy(site.audit(), older);
        try (ServerProcess server = ServerProcess.start(site, folder.resolve("server.log"))) {
            ask(server);
            awaitRequests(server, REQUESTS);
        }
        Files.move(site.audit(), folder.resolve("newer"));
        copy(older, site.audit());

        Ran refused = run("serve", "--site", site.root());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("The audit log is damaged", "was cut or put back");
    }

    private void theWorkspacesPartIsProven(List<String> asked) throws Exception {
        Path part = folder.resolve("part");
        assertDone(
                "audit",
                "export",
                "--site",
                site.root(),
                "--workspace",
                RunningSite.WORKSPACE,
                "--to",
                part);

        String entries = Files.readString(part.resolve("entries.jsonl"));
        assertThat(entries).contains(asked).contains("workspace.created");
        assertThat(entries).doesNotContain("site.founded", "appliance.started");
        assertThat(assertDone("audit", "verify", part)).startsWith("good: ");
        Ran verified = verifier(part);
        assertThat(verified.code()).as(verified.output()).isZero();
        Files.writeString(
                part.resolve("entries.jsonl"), entries.replaceFirst("completed", "Completed"));
        assertThat(run("audit", "verify", part).code()).isEqualTo(1);
        assertThat(verifier(part).code()).isEqualTo(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private void everyChangeIsFound(Path export) throws Exception {
        try (Stream<Path> files = Files.walk(export.resolve("tile/entries"))) {
            for (Path bundle : files.filter(Files::isRegularFile).toList()) {
                byte[] sound = Files.readAllBytes(bundle);
                byte[] altered = sound.clone();
                altered[altered.length / 2] ^= 1;
                Files.write(bundle, altered);
                assertThat(run("audit", "verify", export).code()).isEqualTo(1);
                assertThat(verifier(export).code()).isEqualTo(1);
                Files.write(bundle, sound);
            }
        }
        assertDone("audit", "verify", export);
    }

    private List<String> ask(ServerProcess server) throws Exception {
        var asked = new ArrayList<String>();
        String url = "https://localhost:" + server.running().inferencePort();
        try (App app = new App(url, key, SiteTrust.of(site).context())) {
            for (int i = 0; i < REQUESTS; i++) {
                App.Answer answer = app.ask(App.chat(MODEL, "a prompt that nobody keeps"));
                assertThat(answer.status()).isEqualTo(200);
                asked.add(answer.requestId());
            }
        }
        return asked;
    }

    /** The ids of the requests in the log, once there are so many. */
    private List<String> awaitRequests(ServerProcess server, int count) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (Administrator operator =
                Administrator.operatorOf(site, server.running().adminPort())) {
            while (true) {
                List<String> requests = new ArrayList<>();
                for (JsonNode leaf : leaves(operator)) {
                    assertThat(leaf.toString()).doesNotContain("nobody keeps");
                    if (leaf.path("kind").asString().equals("inference")) {
                        requests.add(leaf.path("request").asString());
                    }
                }
                if (requests.size() >= count || System.nanoTime() > deadline) {
                    assertThat(requests).hasSize(count).doesNotHaveDuplicates();
                    return requests;
                }
            }
        }
    }

    private static List<JsonNode> leaves(Administrator operator) throws IOException {
        var leaves = new ArrayList<JsonNode>();
        List<String> page = Collections.singletonList("");
        while (!page.isEmpty()) {
            page =
                    operator.get(
                                    AdminApi.AUDIT_LEAVES + "?limit=500&from=" + leaves.size(),
                                    LogLeaves.class)
                            .leaves();
            page.forEach(leaf -> leaves.add(JsonMapper.shared().readTree(leaf)));
        }
        return leaves;
    }

    private List<AuditEntry> entries(ServerProcess server) throws IOException {
        try (Administrator operator =
                Administrator.operatorOf(site, server.running().adminPort())) {
            return operator.all(AdminApi.AUDIT, AuditEntry.class);
        }
    }

    private String assertDone(Object... arguments) throws Exception {
        Ran ran = run(arguments);
        assertThat(ran.code()).as(ran.output()).isZero();
        return ran.output();
    }

    private Ran run(Object... arguments) throws Exception {
        var command =
                new ArrayList<Object>(
                        List.of(
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        return java(command);
    }

    /** The verifier as the product ships it: one file, a JDK, nothing of ours. */
    private Ran verifier(Path export, Object... more) throws Exception {
        Path source = folder.resolve("AuditVerifier.java");
        try (InputStream in =
                Objects.requireNonNull(
                        LogExport.class.getResourceAsStream("/tlog/AuditVerifier.java"))) {
            Files.write(source, in.readAllBytes());
        }
        var command = new ArrayList<Object>(List.of(source, export));
        command.addAll(List.of(more));
        return java(command);
    }

    private Ran java(List<Object> arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.forEach(argument -> command.add(argument.toString()));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), Files.readString(output));
    }
}
