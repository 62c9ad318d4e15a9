package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.LogProof;
import com.neuralrouter.server.audit.EntryProofs;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;
import com.neuralrouter.tlog.CanonicalJson;
import com.neuralrouter.tlog.TlogProof;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Each request that has ended is a leaf of the audit log once, and then a record of the store. */
class LoggedRequestsTest {
    @TempDir private Path folder;
    private Vault vault;
    private EntryLog log;
    private final RecordingSink store = new RecordingSink();

    @BeforeEach
    void open() {
        vault = TestVault.in(folder);
        log = EntryLog.create(folder.resolve("audit"), EntryLogKeys.of(vault), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        log.close();
        vault.close();
    }

    @Test
    void leavesWhatIsKnownOfARequestAndNoContent() {
        logged().insert(List.of(record(1)));

        JsonNode leaf = leaves().getFirst();
        assertThat(leaf.path("kind").asString()).isEqualTo("inference");
        assertThat(leaf.path("request").asString()).isEqualTo(Requests.id(1).toString());
        assertThat(leaf.path("provider").asString()).isEqualTo(Requests.PROVIDER.toString());
        assertThat(leaf.path("outcome").asString()).isEqualTo("completed");
        assertThat(leaf.path("siteVersion").asLong()).isEqualTo(42);
        assertThat(leaf.path("jurisdiction").asString()).isEqualTo("on-prem DE");
        assertThat(leaf.path("region").asString()).isEqualTo("eu-1");
        assertThat(leaf.path("policy").asString()).isEqualTo("0a1b".repeat(16));
        assertThat(leaf.path("receipt").asString())
                .isEqualTo("hash-of-the-receipt-of-this-request");
        assertThat(leaf.path("began").asString()).isEqualTo("1970-01-01T00:00:00.001000Z");
        assertThat(store.await(1)).hasSize(1);
    }

    @Test
    void leavesThatAreCanonical() {
        logged().insert(List.of(record(1)));

        String leaf =
                new EntryProofs(log).ofRequest(1, Requests.id(1)).map(LogProof::leaf).orElseThrow();

        Object members = JsonMapper.shared().readValue(leaf, Object.class);
        assertThat(new String(CanonicalJson.write(members), StandardCharsets.UTF_8))
                .isEqualTo(leaf);
    }

    @Test
    void provesOfEachRequestThatItIsInTheLog() {
        for (int batch = 0; batch < 10; batch++) {
            int first = batch * 10 + 1;
            logged().insert(
                            LongStream.range(first, first + 10)
                                    .mapToObj(LoggedRequestsTest::record)
                                    .toList());
        }
        var proofs = new EntryProofs(log);

        for (long position = 1; position <= 100; position++) {
            LogProof proof = proofs.ofRequest(position, Requests.id(position)).orElseThrow();
            assertThat(proof.index()).isEqualTo(position - 1);
            assertThat(
                            TlogProof.parse(proof.proof())
                                    .proves(
                                            proof.leaf().getBytes(StandardCharsets.UTF_8),
                                            log.tree().origin(),
                                            log.verifiers()))
                    .isTrue();
        }
        assertThat(proofs.ofRequest(5, Requests.id(60))).isEmpty();
        assertThat(proofs.ofRequest(101, Requests.id(101))).isEmpty();
    }

    @Test
    void leavesEachOnceAlthoughTheStoreFailsInBetween() {
        try (var journal =
                MappedRequestJournal.start(
                        folder.resolve("journal"), 64, logged(), Beginning.MAPPED)) {
            store.is(RecordingSink.Mood.FAILS);
            for (int i = 1; i <= 20; i++) {
                journal.open(Requests.started(i)).close(Requests.completed());
            }
            store.awaitRefusal();
            store.is(RecordingSink.Mood.WELL);
            assertThat(store.await(20)).hasSize(20);
        }

        assertThat(requests()).hasSize(20).doesNotHaveDuplicates();
        assertThat(RecordingSink.ids(store.await(20))).doesNotHaveDuplicates();
    }

    @Test
    void leavesEachOnceAlthoughTheProcessEndsBetweenLogAndStore() {
        store.is(RecordingSink.Mood.FAILS);
        var journal =
                MappedRequestJournal.start(
                        folder.resolve("journal"), 64, logged(), Beginning.MAPPED);
        for (int i = 1; i <= 20; i++) {
            journal.open(Requests.started(i)).close(Requests.completed());
        }
        store.awaitRefusal();
        journal.close();
        assertThat(requests()).isNotEmpty();
        store.is(RecordingSink.Mood.WELL);

        try (var next =
                MappedRequestJournal.start(
                        folder.resolve("journal"), 64, logged(), Beginning.MAPPED)) {
            next.open(Requests.started(21)).close(Requests.completed());
            assertThat(store.await(21)).hasSize(21);
        }

        assertThat(requests()).hasSize(21).doesNotHaveDuplicates();
        assertThat(store.await(21)).extracting(RequestRecord::position).doesNotHaveDuplicates();
    }

    @Test
    void handsOutNoPositionTwiceAlthoughTheStoreWasPutBack() {
        logged().insert(List.of(record(1), record(2), record(3)));

        assertThat(new LoggedRequests(new RecordingSink(), log, Duration.ZERO, () -> 0))
                .satisfies(sink -> assertThat(sink.lastPosition()).isEqualTo(3))
                .satisfies(
                        sink -> assertThat(sink.stored(List.of(record(2)))).isEqualTo(Set.of(2L)));
    }

    @Test
    void takesNoRequestWhileTheLogCannotBeWritten() {
        var nanos = new long[] {1};
        log.close();
        var strict = new LoggedRequests(store, log, Duration.ZERO, () -> nanos[0]);
        var patient = new LoggedRequests(store, log, Duration.ofSeconds(10), () -> nanos[0]);

        assertThat(strict.takes()).isFalse();
        assertThat(patient.takes()).isTrue();
        nanos[0] += Duration.ofSeconds(9).toNanos();
        assertThat(patient.takes()).isTrue();
        nanos[0] += Duration.ofSeconds(2).toNanos();
        assertThat(patient.takes()).isFalse();
        try (var journal =
                MappedRequestJournal.start(
                        folder.resolve("journal"), 64, strict, Beginning.MAPPED)) {
            assertThatThrownBy(() -> journal.open(Requests.started(1)))
                    .isInstanceOf(RequestJournal.RecordUnavailable.class)
                    .hasMessageContaining("audit log");
        }
    }

    private LoggedRequests logged() {
        return new LoggedRequests(store, log, Duration.ZERO, System::nanoTime);
    }

    private static RequestRecord record(long position) {
        return new RequestRecord(position, Requests.started(position), Requests.completed());
    }

    private List<JsonNode> leaves() {
        var leaves = new ArrayList<JsonNode>();
        log.read(0, log.size(), (_, leaf, _) -> leaves.add(JsonMapper.shared().readTree(leaf)));
        return leaves;
    }

    private List<String> requests() {
        return leaves().stream().map(leaf -> leaf.path("request").asString()).toList();
    }
}
