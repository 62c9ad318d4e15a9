package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.audit.EntryProofs;
import com.neuralrouter.server.audit.Witnesses;
import com.neuralrouter.server.audit.timestamp.StampFolder;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.Frontier;
import com.neuralrouter.tlog.NoteAlgorithm;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TlogProof;
import com.neuralrouter.tlog.TreeHash;
import com.neuralrouter.tlog.TreeProofs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a desktop or an auditor gets from the log over the admin API, verified as they would. */
class AuditLogEndpointsTest {
    @TempDir private Path folder;
    private TestSite site;
    private Witnesses witnesses;
    private AdminServer server;
    private AdminServer.Client owner;

    @BeforeEach
    void start() {
        site = new TestSite(folder);
        witnesses = new Witnesses(folder.resolve("witnesses"), site.log);
        server =
                new AdminServer(
                        site,
                        List.of(
                                new AuditLogEndpoints(
                                        site.log,
                                        witnesses,
                                        new StampFolder(folder.resolve("timestamps")),
                                        site.transactions),
                                new LogProofEndpoints(
                                        site.log,
                                        new EntryProofs(site.log),
                                        site.workspaceLeaves(),
                                        _ -> OptionalLong.empty(),
                                        site.transactions)));
        owner = server.client(Role.OWNER);
    }

    @AfterEach
    void stop() {
        owner.close();
        server.close();
        site.close();
    }

    @Test
    void handsOutWhatIsOneWorkspacesWithProofsAndNothingOfOthers() throws Exception {
        for (int i = 0; i < 30; i++) {
            site.workspace(i % 3 == 0 ? "legal-" + i : "w" + i);
        }
        JsonNode all =
                json(owner.get("/admin/v1/audit/workspace-leaves?workspace=legal-9&limit=500"));
        long size = all.path("size").asLong();
        byte[] root = TreeProofs.root(site.log.hashes(), size);

        assertThat(all.path("searchedTo").asLong()).isEqualTo(size);
        assertThat(all.path("leaves")).isNotEmpty();
        for (JsonNode each : all.path("leaves")) {
            byte[] leaf = each.path("leaf").asString().getBytes(StandardCharsets.UTF_8);
            List<byte[]> proof =
                    each.path("hashes")
                            .valueStream()
                            .map(hash -> Base64.getDecoder().decode(hash.asString()))
                            .toList();
            long index = each.path("index").asLong();
            assertThat(TreeProofs.includes(TreeHash.leaf(leaf), index, size, root, proof)).isTrue();
        }
        assertThat(actions(all)).containsExactly("workspace.created");
        assertThat(actions(json(owner.get("/admin/v1/audit/workspace-leaves?workspace=nobody"))))
                .isEmpty();
        assertThat(actions(json(owner.get("/admin/v1/audit/workspace-leaves?workspace=legal-9"))))
                .containsExactly("workspace.created", "audit.exported");
        assertThat(owner.get("/admin/v1/audit/workspace-leaves").statusCode()).isEqualTo(400);
    }

    private static List<String> actions(JsonNode page) {
        return page.path("leaves")
                .valueStream()
                .map(each -> JsonMapper.shared().readTree(each.path("leaf").asString()))
                .map(leaf -> leaf.path("action").asString())
                .toList();
    }

    @Test
    void pagesThroughAWorkspacesLeaves() throws Exception {
        for (int i = 0; i < 4; i++) {
            owner.get("/admin/v1/audit/workspace-leaves?workspace=legal&limit=1");
        }
        long size = site.log.size();

        long from = 1;
        int found = 0;
        while (from < size) {
            JsonNode page =
                    json(
                            owner.get(
                                    "/admin/v1/audit/workspace-leaves?workspace=legal&limit=1&size="
                                            + size
                                            + "&from="
                                            + from));
            assertThat(page.path("searchedTo").asLong()).isGreaterThan(from);
            from = page.path("searchedTo").asLong();
            found += page.path("leaves").size();
        }

        assertThat(found).isEqualTo(4);
    }

    @Test
    void provesEveryEntryToSomebodyWhoHasOnlyTheKeys() throws Exception {
        for (int i = 0; i < 20; i++) {
            site.workspace("w" + i);
        }
        List<NoteVerifier> keys = keys();

        for (AuditEntry entry : site.entries()) {
            JsonNode answer = json(owner.get("/admin/v1/audit/" + entry.sequence() + "/proof"));
            byte[] leaf = answer.at("/leaf").asString().getBytes(StandardCharsets.UTF_8);
            TlogProof proof = TlogProof.parse(answer.at("/proof").asString());

            assertThat(proof.proves(leaf, origin(), keys)).isTrue();
            assertThat(JsonMapper.shared().readTree(leaf).path("entry").asLong())
                    .isEqualTo(entry.sequence());
            leaf[leaf.length / 2] ^= 1;
            assertThat(proof.proves(leaf, origin(), keys)).isFalse();
        }
        assertThat(owner.get("/admin/v1/audit/999/proof").statusCode()).isEqualTo(404);
        assertThat(owner.get("/admin/v1/audit/x/proof").statusCode()).isEqualTo(404);
    }

    @Test
    void provesThatTheLogOnlyGrew() throws Exception {
        site.workspace("a");
        Checkpoint before = site.log.tree();
        site.workspace("b");
        site.workspace("c");
        Checkpoint after = site.log.tree();

        JsonNode answer =
                json(
                        owner.get(
                                AdminApi.AUDIT_CONSISTENCY
                                        + "?from="
                                        + before.size()
                                        + "&to="
                                        + after.size()));

        var proof = new ArrayList<byte[]>();
        answer.at("/hashes")
                .forEach(each -> proof.add(Base64.getDecoder().decode(each.asString())));
        assertThat(
                        TreeProofs.consistent(
                                before.size(), before.root(), after.size(), after.root(), proof))
                .isTrue();
        assertThat(owner.get(AdminApi.AUDIT_CONSISTENCY + "?from=5&to=999").statusCode())
                .isEqualTo(400);
        assertThat(owner.get(AdminApi.AUDIT_CONSISTENCY + "?from=3&to=2").statusCode())
                .isEqualTo(400);
        assertThat(owner.get(AdminApi.AUDIT_CONSISTENCY + "?from=-1").statusCode()).isEqualTo(400);
    }

    @Test
    void givesTheLeavesOfWhichTheCheckpointIsMade() throws Exception {
        for (int i = 0; i < 9; i++) {
            site.workspace("w" + i);
        }
        site.log.checkpointNow();
        SignedNote note = checkpoint();

        var tree = new Frontier();
        long from = 0;
        while (from < Checkpoint.parse(note.text()).size()) {
            JsonNode page = json(owner.get(AdminApi.AUDIT_LEAVES + "?limit=4&from=" + from));
            for (JsonNode leaf : page.at("/leaves")) {
                if (from < Checkpoint.parse(note.text()).size()) {
                    tree.append(TreeHash.leaf(leaf.asString().getBytes(StandardCharsets.UTF_8)));
                    from++;
                }
            }
        }

        assertThat(tree.root()).isEqualTo(Checkpoint.parse(note.text()).root());
        assertThat(keys()).isNotEmpty().allMatch(note::isSignedBy);
    }

    @Test
    void takesAWitnessAndNobodyWhoSaysSo() throws Exception {
        site.workspace("a");
        site.log.checkpointNow();
        NoteSigner witness = witness("desk");
        NoteSigner other = witness("desk");
        SignedNote note = checkpoint();
        SignedNote signed =
                note.with(witness.sign(note.text(), Instant.parse("2026-11-23T12:00:00Z")));

        assertThat(cosign(witness, signed).statusCode()).isEqualTo(204);
        assertThat(witnesses.all())
                .singleElement()
                .satisfies(seen -> assertThat(seen.key()).isEqualTo(witness.verifier()))
                .satisfies(seen -> assertThat(seen.note().isSignedBy(seen.key())).isTrue());

        assertThat(cosign(witness, note).body()).contains("no good signature");
        assertThat(cosign(other, signed).body()).contains("no good signature");
        SignedNote byOther =
                note.with(other.sign(note.text(), Instant.parse("2026-11-23T12:00:00Z")));
        assertThat(cosign(other, byOther).body()).contains("another key");
        var forked = new Checkpoint(origin(), 1, new byte[32]);
        SignedNote never =
                NoteSigner.signAll(
                        forked.text(), Instant.parse("2026-11-23T12:00:00Z"), List.of(witness));
        assertThat(cosign(witness, never).statusCode()).isEqualTo(400);
        assertThat(cosign(witness, never).body()).contains("never had");
        assertThat(witnesses.all()).hasSize(1);
    }

    @Test
    void writesAWitnesssAlarmIntoTheTrail() throws Exception {
        String alarm = "{\"kind\":\"SHORTER\",\"held\":\"h\",\"shown\":\"s\"%s}";

        assertThat(owner.post(AdminApi.AUDIT_ALARMS, alarm.formatted("")).statusCode())
                .isEqualTo(204);
        owner.post(AdminApi.AUDIT_ALARMS, alarm.formatted(",\"acknowledged\":\"we restored\""));

        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .startsWith("audit.alarm_acknowledged", "audit.alarm_raised");
        assertThat(site.entries().getFirst().details()).containsEntry("kind", "SHORTER");
    }

    private HttpResponse<String> cosign(NoteSigner witness, SignedNote note) throws Exception {
        return owner.post(
                AdminApi.AUDIT_COSIGNATURES,
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of(
                                        "key", witness.verifier().toString(),
                                        "note", note.toString())));
    }

    private static NoteSigner witness(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return NoteSigner.of(
                NoteVerifier.of(name, NoteAlgorithm.ED25519_COSIGNATURE, pair.getPublic()),
                pair.getPrivate().getEncoded());
    }

    private SignedNote checkpoint() throws Exception {
        return SignedNote.parse(json(owner.get(AdminApi.AUDIT_CHECKPOINT)).at("/note").asString());
    }

    private List<NoteVerifier> keys() throws Exception {
        var keys = new ArrayList<NoteVerifier>();
        json(owner.get(AdminApi.AUDIT_CHECKPOINT))
                .at("/keys")
                .forEach(each -> keys.add(NoteVerifier.parse(each.asString())));
        return keys;
    }

    private String origin() {
        return site.log.tree().origin();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
