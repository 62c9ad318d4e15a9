package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestCosts;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.TestStores;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

@Tag("store")
class UsageStoreTest {
    @TempDir Path folder;
    private Database database;
    private UsageStore store;

    @BeforeEach
    void open() {
        database = TestStores.create(folder);
        store = new UsageStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsBackWhatItStored() {
        addNames();
        store.insert(List.of(record(1)));

        assertThat(store.before(Long.MAX_VALUE, 10))
                .containsExactly(
                        new RequestSummary(
                                1,
                                Requests.id(1),
                                Instant.ofEpochMilli(1),
                                Requests.WORKSPACE,
                                "claims",
                                Requests.KEY,
                                "batch job",
                                "chat-large",
                                "own cluster",
                                "llama-70b",
                                Outcome.COMPLETED,
                                200,
                                null,
                                true,
                                1,
                                1_500,
                                9_000,
                                120,
                                48,
                                false,
                                "on-prem DE",
                                "eu-1",
                                "0a1b".repeat(16),
                                "email:mask=2",
                                new RequestCosts(
                                        20,
                                        8,
                                        12,
                                        4_711L,
                                        "EUR",
                                        "11+0123456789ab",
                                        70,
                                        900,
                                        168L)));
    }

    @Test
    void keepsARequestThatNobodyServed() {
        var ended =
                new RequestEnded(
                        Outcome.FAILED,
                        504,
                        ProblemCode.UPSTREAM_TIMED_OUT,
                        null,
                        null,
                        3,
                        0,
                        5_000_000,
                        new TokenCounts(7, 0, true));
        store.insert(List.of(new RequestRecord(1, Requests.started(1), ended)));

        RequestSummary summary = store.after(0, 10).getFirst();

        assertThat(summary.provider()).isNull();
        assertThat(summary.servedModel()).isNull();
        assertThat(summary.problem()).isEqualTo(ProblemCode.UPSTREAM_TIMED_OUT);
        assertThat(summary.tokensEstimated()).isTrue();
        assertThat(summary.jurisdiction()).isNull();
        assertThat(summary.policy()).isNull();
    }

    @Test
    void namesByTheirIdsWhatIsGone() {
        store.insert(List.of(record(1)));

        RequestSummary summary = store.after(0, 10).getFirst();

        assertThat(summary.workspaceName()).isEqualTo(Requests.WORKSPACE.toString());
        assertThat(summary.apiKeyName()).isEqualTo(Requests.KEY.toString());
        assertThat(summary.provider()).isEqualTo(Requests.PROVIDER.toString());
    }

    @Test
    void pagesFromTheNewestAndFollowsFromAnywhere() {
        store.insert(LongStream.rangeClosed(1, 5).mapToObj(UsageStoreTest::record).toList());

        assertThat(positions(store.before(Long.MAX_VALUE, 2))).containsExactly(5L, 4L);
        assertThat(positions(store.before(4, 2))).containsExactly(3L, 2L);
        assertThat(positions(store.before(2, 2))).containsExactly(1L);
        assertThat(positions(store.after(0, 2))).containsExactly(1L, 2L);
        assertThat(positions(store.after(4, 2))).containsExactly(5L);
        assertThat(positions(store.after(5, 2))).isEmpty();
    }

    @Test
    void knowsWhenAKeyWasLastUsed() {
        var unused = new ApiKeyId(new UUID(9, 9));

        assertThat(lastUsed(unused)).isEmpty();
        store.insert(List.of(record(40), record(41)));
        assertThat(lastUsed(Requests.KEY, unused))
                .isEqualTo(Map.of(Requests.KEY, Instant.ofEpochMilli(41)));
        // One that began earlier and ended later.
        store.insert(List.of(record(30)));
        assertThat(lastUsed(Requests.KEY))
                .isEqualTo(Map.of(Requests.KEY, Instant.ofEpochMilli(41)));
    }

    @Test
    void knowsWhichRecordsItHas() {
        assertThat(store.lastPosition()).isZero();
        store.insert(List.of(record(1), record(2)));

        assertThat(store.lastPosition()).isEqualTo(2);
        var other = new RequestRecord(2, Requests.started(77), Requests.completed());
        assertThat(store.stored(List.of(record(1), other, record(3)))).containsExactly(1L);
    }

    /** Else the journal would try the same batch for ever. */
    @Test
    void storesARecordWhoseTextsPostgresqlCannotKeep() {
        RequestStarted started = Requests.started(1);
        RequestEnded ended = Requests.completed();

        store.insert(
                List.of(
                        new RequestRecord(
                                1,
                                new RequestStarted(
                                        started.id(),
                                        started.startedAtMillis(),
                                        started.workspaceId(),
                                        started.apiKeyId(),
                                        "a\0b",
                                        true,
                                        1),
                                new RequestEnded(
                                        ended.outcome(),
                                        200,
                                        null,
                                        ended.provider(),
                                        "\0",
                                        1,
                                        1,
                                        1,
                                        ended.tokens()))));

        RequestSummary kept = store.after(0, 10).getFirst();
        assertThat(kept.model()).isEqualTo("a\uFFFDb");
        assertThat(kept.servedModel()).isEqualTo("\uFFFD");
    }

    @Test
    void storesNothingOfABatchThatFails() {
        store.insert(List.of(record(2)));

        assertThatThrownBy(() -> store.insert(List.of(record(1), record(2))))
                .isInstanceOf(StoreFailure.class);
        assertThat(positions(store.after(0, 10))).containsExactly(2L);
    }

    private Map<ApiKeyId, Instant> lastUsed(ApiKeyId... keys) {
        return database.read(tx -> store.lastUsed(tx, List.of(keys)));
    }

    private static List<Long> positions(List<RequestSummary> summaries) {
        return summaries.stream().map(RequestSummary::position).toList();
    }

    private static RequestRecord record(long number) {
        return new RequestRecord(number, Requests.started(number), Requests.completed());
    }

    private void addNames() {
        OffsetDateTime now = OffsetDateTime.parse("2026-11-23T12:00:00Z");
        database.write(tx -> {
            tx.handle()
                    .execute(
                            """
                            INSERT INTO workspace (id, name, description, state, version,
                                created_at)
                            VALUES (?, 'claims', '', 'ACTIVE', 1, ?)
                            """,
                            Requests.WORKSPACE.value(),
                            now);
            tx.handle()
                    .execute(
                            """
                            INSERT INTO api_key (id, workspace_id, name, kid, reference,
                                last_four, created_at)
                            VALUES (?, ?, 'batch job', 'k', CAST('x' AS BYTEA), 'abcd', ?)
                            """,
                            Requests.KEY.value(),
                            Requests.WORKSPACE.value(),
                            now);
            return tx.handle()
                    .execute(
                            """
                            INSERT INTO provider (id, name, kind, authentication, created_at)
                            VALUES (?, 'own cluster', 'OPENAI', 'NONE', ?)
                            """,
                            Requests.PROVIDER.value(),
                            now);
        });
    }
}
