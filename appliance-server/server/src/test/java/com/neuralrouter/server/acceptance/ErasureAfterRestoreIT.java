package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedContent;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.policy.PolicyText;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What was erased of a person's content does not come back with a backup from before. */
@Timeout(300)
class ErasureAfterRestoreIT {
    private static final String KEEPING = "{\"keepContentFor\":\"30d\"}";

    /** A reason with a person's name, which is to be forgotten. */
    private static final String ASKED_FOR = "for Ada Lovelace";

    @TempDir private Path folder;

    @Test
    void anErasureIsMadeAgainByARestore() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        Path data;
        Path keysBefore;
        Path keysAfter;
        try (FakeUpstream upstream = FakeUpstream.start();
                var server = ServerProcess.start(site, folder.resolve("server.log"));
                var owner = Administrator.operatorOf(site, server.running().adminPort())) {
            upstream.always(Completions.asAsked(CanaryTraffic.MODEL, "Hello"));
            String key =
                    owner.apply(CanaryTraffic.document(upstream, PolicyText.read(KEEPING)))
                            .createdKeys()
                            .getFirst()
                            .secret();
            try (App app = app(site, server, key)) {
                for (String person : List.of("ada", "bob")) {
                    app.ask(asking(person));
                }
            }
            awaitKept(owner, 2);
            owner.post(
                    AdminApi.CONTENT_READ,
                    new ReadContent(oneKept(owner), ASKED_FOR),
                    JsonNode.class);
            assertDone("backup", "create", "--site", site.root());
            data = newest(site.root().resolve("backups"));
            keysBefore = newest(site.root().resolve("key-backups"));
            erase(owner);
            keysAfter = anotherThan(keysBefore);
        }

        assertThat(restoredElsewhere(site, "with-old-keys", data, keysBefore))
                .as("a machine that knows of no erasure, with the keys from before it")
                .containsExactly("ada", "bob");
        assertThat(restoredElsewhere(site, "with-new-keys", data, keysAfter))
                .as("the keys of what was erased are in no later backup")
                .containsExactly("bob");
        String said =
                assertDone(
                        "backup",
                        "restore",
                        "--replace",
                        "--site",
                        site.root(),
                        "--from",
                        data,
                        "--keys",
                        keysBefore);
        assertThat(said).contains("2 erasures and deletions of workspaces");
        assertThat(kept(site)).as("the machine's own log has the erasure").containsExactly("bob");
        assertThat(reasons(new SiteFolder(folder.resolve("with-new-keys")))).contains(ASKED_FOR);
        assertThat(reasons(site)).contains("(erased)").doesNotContain(ASKED_FOR);
    }

    /** Ada's content, and her name in the trail. */
    private static void erase(Administrator owner) throws IOException {
        ErasedContent erased =
                owner.post(
                        AdminApi.CONTENT_ERASE,
                        new EraseContent(ContentOf.subject(workspace(owner), "ada"), "erasure 9"),
                        ErasedContent.class);
        assertThat(erased.requests()).isEqualTo(1);
        owner.post(AdminApi.AUDIT_ERASURES, new EraseFromTrail(ASKED_FOR), ErasedFromTrail.class);
    }

    private static App app(SiteFolder site, ServerProcess server, String key) throws IOException {
        return new App(
                "https://localhost:" + server.running().inferencePort(),
                key,
                SiteTrust.of(site).context());
    }

    private static String asking(String person) {
        return App.chat(CanaryTraffic.MODEL, "Hello")
                .replaceFirst("\\{", "{\"user\":\"" + person + "\",");
    }

    private List<String> restoredElsewhere(SiteFolder from, String name, Path data, Path keys)
            throws Exception {
        Path to = folder.resolve(name);
        Files.createDirectories(to.resolve("keys"));
        Files.copy(from.root().resolve("keys/seal.key"), to.resolve("keys/seal.key"));
        assertDone("backup", "restore", "--site", to, "--from", data, "--keys", keys);
        return kept(new SiteFolder(to));
    }

    /** Whose requests the site still has the content of. */
    private static List<String> kept(SiteFolder site) throws IOException {
        try (var running = RunningSite.startAgain(site);
                Administrator owner = running.operator()) {
            var persons = new ArrayList<String>();
            for (JsonNode each : export(owner).path("items")) {
                String body =
                        new String(
                                Base64.getDecoder().decode(each.path("requestBody").asString("")),
                                StandardCharsets.UTF_8);
                persons.add(body.replaceAll(".*\"user\":\"([a-z]+)\".*", "$1"));
            }
            return persons;
        }
    }

    /** Why content was read, as the trail's readable entries say. */
    private static List<String> reasons(SiteFolder site) throws IOException {
        try (var running = RunningSite.startAgain(site);
                Administrator owner = running.operator()) {
            return owner.all(AdminApi.AUDIT, AuditEntry.class).stream()
                    .filter(each -> each.action().equals("content.read"))
                    .map(each -> each.details().get("why"))
                    .toList();
        }
    }

    private static RequestId oneKept(Administrator owner) throws IOException {
        return RequestId.of(export(owner).path("items").get(0).at("/head/request").asString());
    }

    private static JsonNode export(Administrator owner) throws IOException {
        return owner.post(
                AdminApi.CONTENT_EXPORT,
                new ExportContent(ContentOf.all(workspace(owner)), "a test", null),
                JsonNode.class);
    }

    private static WorkspaceId workspace(Administrator owner) throws IOException {
        return owner.get(AdminApi.VAULT, VaultStatus.class).workspaces().getFirst().workspaceId();
    }

    private static void awaitKept(Administrator owner, int many) throws Exception {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (export(owner).path("items").size() < many) {
            assertThat(System.nanoTime()).as("content is kept").isLessThan(deadline);
            boolean _ = never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    private String assertDone(Object... arguments) throws Exception {
        CommandProcess.Ran ran = CommandProcess.run(folder, arguments);
        assertThat(ran.code()).as(ran.output()).isZero();
        return ran.output();
    }

    private static Path newest(Path backups) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            return files.filter(each -> each.toString().endsWith(".nrbackup"))
                    .max((one, other) -> one.getFileName().compareTo(other.getFileName()))
                    .orElseThrow();
        }
    }

    private static Path anotherThan(Path backup) throws Exception {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (newest(backup.resolveSibling("")).equals(backup)) {
            assertThat(System.nanoTime()).as("a backup is made").isLessThan(deadline);
            boolean _ = never.await(50, TimeUnit.MILLISECONDS);
        }
        return newest(backup.resolveSibling(""));
    }
}
