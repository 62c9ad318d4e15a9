package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.TestStores;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looking for entries: by every field, alone and together, page after page, on both databases. */
@Tag("store")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditSearchTest {
    private static final int ENTRIES = 9_000;

    private final AuditStore store = new AuditStore();
    private Database database;

    @BeforeAll
    void fill(@TempDir Path folder) {
        database = TestStores.create(folder.resolve("data"));
        var log = new AuditLog(store, Evidence.AT_THE_FIRST_START, Clock.systemUTC());
        for (int from = 0; from < ENTRIES; from += 500) {
            int first = from;
            database.write(tx -> {
                long last = 0;
                for (int i = first; i < first + 500; i++) {
                    last = log.append(tx, actor(i), request(i), List.of(event(i)));
                }
                return last;
            });
        }
    }

    @AfterAll
    void close() {
        database.close();
    }

    private static Actor actor(int i) {
        return i % 7 == 0
                ? new Actor.Appliance("clock")
                : new Actor.Local(i % 2 == 0 ? "anna" : "ben");
    }

    private static RequestId request(int i) {
        return new RequestId(new UUID(1, i));
    }

    private static AuditEvent event(int i) {
        return new AuditEvent(
                i % 3 == 0 ? "api_key.created" : "route.changed",
                (i % 3 == 0 ? "api_key/" : "route/") + i,
                i % 5 == 0 ? "research" : null,
                i % 11 == 0 ? Outcome.REFUSED : Outcome.DONE,
                Map.of("note", i == 4_321 ? "100%_Needle" : "hay"));
    }

    @Test
    void findsByEveryField() {
        assertThat(all(query().actor("anna"))).hasSize(count(i -> i % 7 != 0 && i % 2 == 0));
        assertThat(all(query().workspace("research"))).hasSize(count(i -> i % 5 == 0));
        assertThat(all(query().action("api_key.created"))).hasSize(count(i -> i % 3 == 0));
        assertThat(all(query().action("api_key."))).hasSize(count(i -> i % 3 == 0));
        assertThat(all(query().action("api_key"))).isEmpty();
        assertThat(all(query().target("route/7"))).hasSize(1);
        assertThat(all(query().target("route/"))).hasSize(count(i -> i % 3 != 0));
        assertThat(all(query().outcome(Outcome.REFUSED))).hasSize(count(i -> i % 11 == 0));
        assertThat(all(query().requestId(new UUID(1, 77))))
                .extracting(AuditEntry::sequence)
                .containsExactly(78L);
    }

    @Test
    void takesTheTextAsItIsAndIgnoresItsCase() {
        assertThat(all(query().text("needle")))
                .extracting(AuditEntry::sequence)
                .containsExactly(4_322L);
        assertThat(all(query().text("0%_n"))).hasSize(1);
        assertThat(all(query().text("%n__d"))).isEmpty();
    }

    /** 9,000 entries are two spans that are full and one that is not. */
    @Test
    void looksOnlyWhereThereCanBeSomething() {
        List<AuditEntry> everything = all(query());
        Instant since = everything.get(8_500).at();
        Instant until = everything.get(8_000).at();

        database.read(tx -> {
            var words = new SpanWalk(tx, new SpanStore(), query().text("needle").asked());
            assertThat(words.below(ENTRIES + 1)).isEqualTo(new SpanWalk.Run(4_097, 9_001));
            assertThat(words.below(8_193)).isEqualTo(new SpanWalk.Run(4_097, 8_193));
            assertThat(words.below(4_097).isEmpty()).isTrue();
            var times =
                    new SpanWalk(tx, new SpanStore(), query().since(since).until(until).asked());
            assertThat(times.below(8_193)).isEqualTo(new SpanWalk.Run(1, 4_097));
            assertThat(new SpanWalk(tx, new SpanStore(), query().actor("anna").asked()).below(7))
                    .isEqualTo(new SpanWalk.Run(1, 7));
            return true;
        });
    }

    @Test
    void findsWhatFitsAllConditions() {
        List<AuditEntry> found =
                all(query().actor("ben").workspace("research").outcome(Outcome.REFUSED));

        assertThat(found)
                .hasSize(count(i -> i % 7 != 0 && i % 2 == 1 && i % 5 == 0 && i % 11 == 0))
                .allSatisfy(entry -> assertThat(entry.actor().id()).isEqualTo("ben"));
    }

    @Test
    void looksWithinATimeOnly() {
        List<AuditEntry> everything = all(query());
        Instant since = everything.get(3_000).at();
        Instant until = everything.get(1_000).at();

        assertThat(all(query().since(since).until(until)))
                .isEqualTo(
                        everything.stream()
                                .filter(entry -> !entry.at().isBefore(since))
                                .filter(entry -> entry.at().isBefore(until))
                                .toList());
    }

    @Test
    void listsNewestFirstWithoutAGap() {
        assertThat(all(query()))
                .extracting(AuditEntry::sequence)
                .isSortedAccordingTo((one, other) -> Long.compare(other, one))
                .hasSize(ENTRIES);
    }

    private List<AuditEntry> all(Query query) {
        var all = new ArrayList<AuditEntry>();
        long before = Long.MAX_VALUE;
        while (before > 1) {
            long from = before;
            AuditStore.Found found =
                    database.read(tx -> store.search(tx, query.asked(), from, 100));
            all.addAll(found.entries());
            assertThat(found.searchedTo()).isLessThan(from);
            before = found.searchedTo();
        }
        return all;
    }

    private static int count(java.util.function.IntPredicate which) {
        return (int) java.util.stream.IntStream.range(0, ENTRIES).filter(which).count();
    }

    private static Query query() {
        return new Query(AuditQuery.EVERYTHING);
    }

    /** A query with one condition more at a time. */
    private record Query(AuditQuery asked) {
        Query since(Instant since) {
            return with(since, asked.until());
        }

        Query until(Instant until) {
            return with(asked.since(), until);
        }

        private Query with(Instant since, Instant until) {
            return new Query(
                    new AuditQuery(since, until, null, null, null, null, null, null, null));
        }

        Query actor(String actor) {
            return with(actor, asked.workspace(), asked.action(), asked.target());
        }

        Query workspace(String workspace) {
            return with(asked.actor(), workspace, asked.action(), asked.target());
        }

        Query action(String action) {
            return with(asked.actor(), asked.workspace(), action, asked.target());
        }

        Query target(String target) {
            return with(asked.actor(), asked.workspace(), asked.action(), target);
        }

        private Query with(String actor, String workspace, String action, String target) {
            return new Query(
                    new AuditQuery(
                            null,
                            null,
                            actor,
                            workspace,
                            action,
                            target,
                            asked.outcome(),
                            null,
                            null));
        }

        Query outcome(Outcome outcome) {
            return new Query(
                    new AuditQuery(
                            null,
                            null,
                            asked.actor(),
                            asked.workspace(),
                            asked.action(),
                            asked.target(),
                            outcome,
                            null,
                            null));
        }

        Query requestId(UUID id) {
            return new Query(new AuditQuery(null, null, null, null, null, null, null, id, null));
        }

        Query text(String text) {
            return new Query(new AuditQuery(null, null, null, null, null, null, null, null, text));
        }
    }
}
