package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ErasedContent;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.policy.PolicyText;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The other side of {@link ZeroRetentionIT}: a workspace wants content kept. The same requests are
 * sent and the same files searched; nothing is found, for all of it is sealed. Opened it is found,
 * and so is a row of it that is not sealed.
 */
@Timeout(300)
class KeptContentIT {
    private static final String KEEPING =
            "{\"deniedModels\":[\"" + CanaryTraffic.DENIED + "\"],\"keepContentFor\":\"30d\"}";

    @TempDir private Path folder;

    @Test
    void isSealedWhereverItLiesAndFoundWhereItWasOpened() throws Exception {
        Path searched = Files.createDirectory(folder.resolve("searched"));
        Path opened = Files.createDirectory(folder.resolve("opened"));
        var zero =
                new ZeroRetention(
                        searched,
                        upstream -> CanaryTraffic.document(upstream, PolicyText.read(KEEPING)));

        int sent = zero.run(2, List.of());

        assertThat(Files.readString(searched.resolve("rows.sql"), StandardCharsets.ISO_8859_1))
                .containsIgnoringCase("kept_content_piece");
        assertThat(zero.findings()).as("sealed").isEmpty();
        List<KeptContent> all = read(zero.site());
        for (KeptContent each : all) {
            Files.write(opened.resolve(each.head().request() + ".request"), bytes(each, true));
            Files.write(opened.resolve(each.head().request() + ".answer"), bytes(each, false));
        }
        List<String> findings = new ByteSearch(CanaryTraffic.wanted()).findings(opened);
        System.out.printf(
                "kept content: of %d requests %d were sent to a provider and are kept; sealed, no"
                        + " finding; opened, %d findings%n",
                sent, all.size(), findings.size());
        assertThat(all).hasSizeGreaterThan(100);
        assertThat(all).allMatch(each -> new String(bytes(each, true)).contains("\"model\""));
        assertThat(findings).hasSizeGreaterThan(100);
        assertThat(withoutSealing(zero.site(), all.getFirst())).isNotEmpty();
    }

    /** What the search finds when one request's row holds it in the clear. */
    private List<String> withoutSealing(SiteFolder site, KeptContent kept) throws IOException {
        Path rows = Files.createDirectory(folder.resolve("unsealed"));
        try (StoppedSite stopped = StoppedSite.open(site)) {
            stopped.execute(
                    "UPDATE kept_content_piece SET sealed = ? WHERE request_id = ? AND part = 0",
                    bytes(kept, true),
                    kept.head().request().value());
            Files.write(rows.resolve("rows.sql"), stopped.script());
        }
        return new ByteSearch(CanaryTraffic.wanted()).findings(rows);
    }

    private static byte[] bytes(KeptContent kept, boolean request) {
        return Base64.getDecoder().decode(request ? kept.requestBody() : kept.answerBody());
    }

    /** Reads all that is kept as an owner does, and asserts who may and what the trail has. */
    private List<KeptContent> read(SiteFolder site) throws Exception {
        try (var server = ServerProcess.start(site, folder.resolve("again.log"));
                var owner = Administrator.operatorOf(site, server.running().adminPort());
                Administrator admin = admin(site, server, owner)) {
            Workspace workspace =
                    owner.all(AdminApi.WORKSPACES, Workspace.class).stream()
                            .filter(each -> each.name().equals(CanaryTraffic.WORKSPACE))
                            .findFirst()
                            .orElseThrow();
            List<KeptContentHead> heads =
                    owner.all(
                            AdminApi.WORKSPACES
                                    + "/"
                                    + workspace.id()
                                    + AdminApi.CONTENT_OF_WORKSPACE,
                            KeptContentHead.class);
            List<KeptContent> all = exported(owner, workspace.id());
            assertThat(all).extracting(KeptContent::head).isEqualTo(heads);
            RequestId one = heads.getFirst().request();
            assertOnlyOwnersReadAndSayWhy(owner, admin, one);
            assertTheCommandShows(site, one);
            ErasedContent erased =
                    owner.post(
                            AdminApi.CONTENT_ERASE,
                            new EraseContent(
                                    new ContentOf(workspace.id(), null, null, one), "erasure 9"),
                            ErasedContent.class);
            assertThat(erased.requests()).isEqualTo(1);
            assertThat(erased.lastBackupExpiresAt()).as("backups of the keys have it").isNotNull();
            assertThat(owner.statusOfPost(AdminApi.CONTENT_READ, new ReadContent(one, "again")))
                    .isEqualTo(404);
            return all.subList(1, all.size());
        }
    }

    private static Administrator admin(SiteFolder site, ServerProcess server, Administrator owner)
            throws IOException {
        Enrolled enrolled =
                Enrolled.in(
                        site,
                        server.running().enrolmentPort(),
                        owner,
                        new CreateInvitation("desk", Role.ADMIN));
        return new Administrator(
                SiteTrust.of(site).contextShowing(enrolled.identity()),
                server.running().adminPort());
    }

    private static List<KeptContent> exported(Administrator owner, WorkspaceId workspace)
            throws IOException {
        var all = new ArrayList<KeptContent>();
        @Nullable RequestId after = null;
        boolean more = true;
        while (more) {
            JsonNode page =
                    owner.post(
                            AdminApi.CONTENT_EXPORT,
                            new ExportContent(ContentOf.all(workspace), "a test", after),
                            JsonNode.class);
            for (JsonNode each : page.path("items")) {
                all.add(JsonMapper.shared().treeToValue(each, KeptContent.class));
            }
            after = all.getLast().head().request();
            more = !page.path("nextCursor").asString("").isEmpty();
        }
        return all;
    }

    private static void assertOnlyOwnersReadAndSayWhy(
            Administrator owner, Administrator admin, RequestId one) throws IOException {
        assertThat(owner.statusOfPost(AdminApi.CONTENT_READ, new ReadContent(one, " ")))
                .as("no reason")
                .isEqualTo(400);
        assertThat(admin.statusOfPost(AdminApi.CONTENT_READ, new ReadContent(one, "why not")))
                .as("another role")
                .isEqualTo(403);
        KeptContent read =
                owner.post(
                        AdminApi.CONTENT_READ,
                        new ReadContent(one, "case 4711"),
                        KeptContent.class);
        assertThat(read.head().request()).isEqualTo(one);
        List<AuditEntry> entries =
                owner.all(AdminApi.AUDIT, AuditEntry.class).stream()
                        .filter(each -> each.action().equals("content.read"))
                        .toList();
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().details()).containsEntry("why", "case 4711");
        assertThat(entries.getFirst().target()).isEqualTo("request/" + one);
    }

    private void assertTheCommandShows(SiteFolder site, RequestId one) throws Exception {
        Path said = Files.createDirectory(folder.resolve("commands"));
        var listed =
                CommandProcess.run(
                        said,
                        "content",
                        "list",
                        "--site",
                        site.root(),
                        "--workspace",
                        CanaryTraffic.WORKSPACE);
        var shown =
                CommandProcess.run(
                        said, "content", "show", "--site", site.root(), one, "--reason", "by hand");

        assertThat(listed.code()).as(listed.output()).isZero();
        assertThat(listed.output()).contains(one.toString()).doesNotContain(CanaryTraffic.CANARY);
        assertThat(shown.code()).as(shown.output()).isZero();
        assertThat(shown.output()).contains("answer:").contains("\"model\"");
    }
}
