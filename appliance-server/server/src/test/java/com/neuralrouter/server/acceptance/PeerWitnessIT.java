package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.audit.peer.PeerFolder;
import com.neuralrouter.server.audit.peer.PeerWitness;
import com.neuralrouter.server.audit.peer.PeerWitness.Look;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One appliance witnesses another's audit log: it signs what grows, and nothing quietens it. */
class PeerWitnessIT {
    @TempDir private Path folder;
    private final List<AuditEvent> told = new ArrayList<>();
    private Vault vault;
    private NoteSigner signer;
    private RunningSite zurich;
    private SiteFolder basel;

    @BeforeEach
    void join() throws Exception {
        vault = TestVault.in(folder);
        signer = EntryLogKeys.witness(vault);
        zurich = RunningSite.start(folder.resolve("zurich"));
        RunningSite.start(folder.resolve("basel")).close();
        basel = new SiteFolder(folder.resolve("basel"));
        assertThat(joined("zurich", Role.MEMBER).code()).isZero();
    }

    @AfterEach
    void close() {
        zurich.close();
        vault.close();
    }

    private CommandProcess.Ran joined(String name, Role role) throws Exception {
        String code;
        try (Administrator operator = zurich.operator()) {
            code =
                    operator.post(
                                    AdminApi.INVITATIONS,
                                    new CreateInvitation("Basel", role),
                                    CreatedInvitation.class)
                            .code();
        }
        return CommandProcess.run(
                folder,
                "audit",
                "witness",
                "--site",
                basel.root().toString(),
                "127.0.0.1",
                "--name",
                name,
                "--code",
                code);
    }

    @Test
    void signsTheOthersLogAsItGrowsAndLeavesTheSignatureThere() throws Exception {
        PeerWitness witness = witness();

        assertThat(witness.look()).isEqualTo(Look.GOOD);
        List<NoteVerifier> first = witnessesThere();
        change();
        assertThat(witness.look()).isEqualTo(Look.GOOD);
        assertThat(witness().look()).isEqualTo(Look.GOOD);

        assertThat(first).containsExactly(signer.verifier());
        assertThat(told).extracting(AuditEvent::action).containsExactly("witness.begun");
        assertThat(actionsThere()).doesNotContain("audit.alarm_raised");
    }

    @Test
    void raisesAnAlarmThatStaysWhenTheOtherIsPutBackToAnOlderCopyOfEverything() throws Exception {
        assertThat(witness().look()).isEqualTo(Look.GOOD);
        zurich.close();
        Path older = folder.resolve("older");
        copy(folder.resolve("zurich"), older);
        zurich = RunningSite.startAgain(new SiteFolder(folder.resolve("zurich")));
        reachAgain();
        change();
        lookUntilMoreIsSignedThanIn(older);
        zurich.close();

        zurich = RunningSite.startAgain(new SiteFolder(older));
        reachAgain();

        assertThat(witness().look()).isEqualTo(Look.ALARM);
        assertThat(told)
                .last()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("witness.alarm");
                    assertThat(event.details().get("kind"))
                            .isIn("shorter", "forked", "proof_wrong");
                });
        assertThat(actionsThere()).contains("audit.alarm_raised");
        zurich.close();
        zurich = RunningSite.startAgain(new SiteFolder(folder.resolve("zurich")));
        reachAgain();
        assertThat(witness().look()).as("the first history is shown again").isEqualTo(Look.ALARM);
        assertThat(Files.readString(peer().root().resolve("alarm")))
                .contains("-- seen before --", "-- shown now --", "/audit");
    }

    @Test
    void isNeitherGoodNorAnAlarmWhileNobodyAnswers() throws Exception {
        assertThat(witness().look()).isEqualTo(Look.GOOD);
        zurich.close();

        assertThat(witness().look()).isEqualTo(Look.UNCHECKED);

        zurich = RunningSite.startAgain(new SiteFolder(folder.resolve("zurich")));
        reachAgain();
        assertThat(witness().look()).isEqualTo(Look.GOOD);
    }

    @Test
    void takesNoCodeOfADeviceThatMayChangeThings() throws Exception {
        CommandProcess.Ran refused = joined("other", Role.ADMIN);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("role member");
        assertThat(basel.peers().resolve("other")).doesNotExist();
    }

    /** A log signs its newest checkpoint within a second, and its last one when it is closed. */
    private void lookUntilMoreIsSignedThanIn(Path site) throws IOException {
        String closed = Files.readString(new SiteFolder(site).audit().resolve("checkpoint"));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        do {
            assertThat(witness().look()).isEqualTo(Look.GOOD);
            assertThat(System.nanoTime()).isLessThan(deadline);
        } while (seen() <= Checkpoint.parse(SignedNote.parse(closed).text()).size());
    }

    /** The keys, an empty line, then the checkpoint: its name, its size, its root. */
    private long seen() throws IOException {
        String seen = Files.readString(peer().root().resolve("seen.note"));
        return Long.parseLong(seen.substring(seen.indexOf("\n\n") + 2).lines().toList().get(1));
    }

    private PeerFolder peer() {
        return new PeerFolder(basel.peers().resolve("zurich"));
    }

    private PeerWitness witness() {
        return new PeerWitness(peer(), signer, told::add, Clock.systemUTC());
    }

    /** Tests' servers get another port each time; a site's stays. */
    private void reachAgain() throws IOException {
        Files.writeString(
                peer().root().resolve("address"), "https://127.0.0.1:" + zurich.adminPort());
    }

    private void change() throws IOException {
        try (Administrator operator = zurich.operator()) {
            operator.post(
                    AdminApi.INVITATIONS,
                    new CreateInvitation("nobody", Role.MEMBER),
                    CreatedInvitation.class);
        }
    }

    private List<NoteVerifier> witnessesThere() throws IOException {
        try (Administrator operator = zurich.operator()) {
            return operator.all(AdminApi.AUDIT_COSIGNATURES, CosignCheckpoint.class).stream()
                    .filter(each ->
                            SignedNote.parse(each.note())
                                    .isSignedBy(NoteVerifier.parse(each.key())))
                    .map(each -> NoteVerifier.parse(each.key()))
                    .toList();
        }
    }

    private List<String> actionsThere() throws IOException {
        try (Administrator operator = zurich.operator()) {
            return operator.all(AdminApi.AUDIT, AuditEntry.class).stream()
                    .map(AuditEntry::action)
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}
