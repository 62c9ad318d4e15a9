package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;
import com.neuralrouter.server.store.StoreLocation;
import com.sun.management.OperatingSystemMXBean;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Ten million readable entries, searched by every field, alone and together: prints what a page
 * takes, beside the whole way of a word that stands in one entry only.
 */
class AuditSearchLoadIT {
    private static final long ENTRIES = Long.getLong("audit.search.entries", 10_000_000);
    private static final long BATCH = 4096 * 25;
    private static final int BEFORE_THE_INDEXES = 5;
    private static final long SEED = 20_261_129;
    private static final int PAGES = 40;
    private static final int LIMIT = 100;
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

    /** An entry every three seconds: ten million in a year. Ids go up with time, as UUIDv7 do. */
    private static final String FILL =
            """
            INSERT INTO audit_entry (sequence, at, actor_type, actor_id, actor_name, actor_address,
                action, target, workspace, outcome, request_id, details)
            SELECT x, DATEADD(SECOND, 3 * x, TIMESTAMP WITH TIME ZONE '2025-01-01 00:00:00+00'),
                'device', 'device-' || MOD(x * 7919, 211), 'Person No ' || MOD(x * 7919, 211),
                '10.1.' || MOD(x, 200) || '.' || MOD(x, 250),
                CASE MOD(x, 23) WHEN 0 THEN 'api_key.created' WHEN 1 THEN 'api_key.revoked'
                    WHEN 2 THEN 'route.changed' WHEN 3 THEN 'policy.changed'
                    WHEN 4 THEN 'access.refused' ELSE 'data.read' END,
                CASE MOD(x, 3) WHEN 0 THEN 'api_key/' WHEN 1 THEN 'route/' ELSE 'device/' END
                    || '01a226a2-bd65-73df-aa8b-0374dd' || LPAD(MOD(x * 104729, 9973), 6, '0'),
                CASE WHEN MOD(x, 2) = 0 THEN 'workspace-' || MOD(x * 104729, 53) END,
                CASE WHEN MOD(x, 101) = 0 THEN 'REFUSED' ELSE 'DONE' END,
                CAST('01a226a2-bd65-73df-aa8b-' || LPAD(x, 12, '0') AS UUID),
                '{"siteAfter":"mBxq3dyv6Tq9yCw8H0kUoBvD5v3bYvQ0n2m' || LPAD(x, 8, '0')
                    || '","permission":"AUDIT_READ"'
                    || CASE x WHEN %d THEN ',"note":"a needle"' ELSE '' END || '}'
            FROM SYSTEM_RANGE(%d, %d)
            """;

    @TempDir private Path folder;
    private final AuditStore store = new AuditStore();
    private final SplittableRandom random = new SplittableRandom(SEED);

    private final OperatingSystemMXBean process =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Figures(double median, double p99, double longest) {}

    /** What a page took: by the wall's clock, and of all processors' time for this process. */
    private record Taken(long wall, long processor) {}

    @Test
    @Tag("long")
    void everyFilteredPageOfTenMillionEntriesTakesMilliseconds() {
        try (Database database = filled(EncryptedStores.in(folder.resolve("data")))) {
            UUID request = one(database, ENTRIES / 3);
            Map<String, AuditQuery> queries = queries(request);
            pages(database, AuditQuery.EVERYTHING);
            var all = new ArrayList<Taken>();
            queries.forEach((name, query) -> {
                List<Taken> taken = pages(database, query);
                all.addAll(taken);
                print(name, taken);
            });
            print("all of them", all);
            long[] way = way(database, asking(null, null, null, "needle"));
            System.out.printf(
                    "a word in one entry of %,d: found and all looked through in %,d pages, %,d"
                            + " ms%n",
                    ENTRIES, way[0], way[1] / 1_000_000);

            assertThat(figures(all, Taken::wall).p99())
                    .as("ms, of a hundred pages the 99th")
                    .isLessThan(50);
        }
    }

    /**
     * Into a store as it was before the indexes, which are then made when it is opened: that takes
     * minutes, not an hour.
     */
    private Database filled(StoreLocation place) {
        long began = System.nanoTime();
        try (Database old = Database.create(place, BEFORE_THE_INDEXES)) {
            for (long from = 1; from <= ENTRIES; from += BATCH) {
                long first = from;
                long last = Math.min(ENTRIES, from + BATCH - 1);
                old.write(tx -> tx.handle().execute(FILL.formatted(ENTRIES / 7, first, last)));
            }
            old.write(tx -> tx.handle().execute("UPDATE audit_head SET sequence = ?", ENTRIES));
        }
        Database database = Database.open(place);
        var spans = new SpanStore();
        for (long from = 1; from <= ENTRIES; from += BATCH) {
            long before = from - 1;
            long last = Math.min(ENTRIES, from + BATCH - 1);
            database.write(tx -> {
                spans.fill(tx, before, last);
                return last;
            });
        }
        System.out.printf(
                "audit search, seed %d: %,d entries made in %d s%n",
                SEED, ENTRIES, (System.nanoTime() - began) / 1_000_000_000);
        return database;
    }

    private UUID one(Database database, long number) {
        var entries = database.read(tx -> store.before(tx, number, 1));
        return UUID.fromString(entries.getFirst().requestId());
    }

    private static Map<String, AuditQuery> queries(UUID request) {
        Instant day = FIRST.plusSeconds(ENTRIES);
        var queries = new LinkedHashMap<String, AuditQuery>();
        queries.put("nothing", AuditQuery.EVERYTHING);
        queries.put("actor", asking("device-17", null, null, null));
        queries.put("an actor who never was", asking("device-999", null, null, null));
        queries.put("workspace", asking(null, "workspace-9", null, null));
        queries.put("action", asking(null, null, "policy.changed", null));
        queries.put("beginning of an action", asking(null, null, "api_key.", null));
        queries.put("an action that never was", asking(null, null, "backup.", null));
        queries.put("target's kind", with(null, null, "route/", null, null));
        queries.put("outcome", with(null, null, null, Outcome.REFUSED, null));
        queries.put("request", with(null, null, null, null, request));
        queries.put("a day", with(day, day.plusSeconds(86_400), null, null, null));
        queries.put("until a day", with(null, day, null, null, null));
        queries.put("a word in many", asking(null, null, null, "revoked"));
        queries.put("a word in one", asking(null, null, null, "needle"));
        queries.put("a word in none", asking(null, null, null, "haystack"));
        queries.put("a name", asking(null, null, null, "person no 17"));
        queries.put("actor, workspace, action", asking("device-17", "workspace-9", "route.", null));
        queries.put("workspace and a word in one", asking(null, "workspace-9", null, "needle"));
        return queries;
    }

    private static AuditQuery asking(String actor, String workspace, String action, String text) {
        return new AuditQuery(null, null, actor, workspace, action, null, null, null, text);
    }

    private static AuditQuery with(
            Instant since, Instant until, String target, Outcome outcome, UUID request) {
        return new AuditQuery(since, until, null, null, null, target, outcome, request, null);
    }

    /** The newest page, those behind it, and as many from anywhere. */
    private List<Taken> pages(Database database, AuditQuery query) {
        var taken = new ArrayList<Taken>();
        long before = Long.MAX_VALUE;
        for (int i = 0; i < PAGES; i++) {
            long from = i < PAGES / 2 ? before : random.nextLong(1, ENTRIES);
            long busy = process.getProcessCpuTime();
            long began = System.nanoTime();
            before = database.read(tx -> store.search(tx, query, from, LIMIT)).searchedTo();
            taken.add(new Taken(System.nanoTime() - began, process.getProcessCpuTime() - busy));
        }
        return taken;
    }

    /** Until the trail's beginning; returns how many pages and nanoseconds it took. */
    private long[] way(Database database, AuditQuery query) {
        long began = System.nanoTime();
        long pages = 0;
        int found = 0;
        long before = Long.MAX_VALUE;
        while (before > 1) {
            long from = before;
            AuditStore.Found page = database.read(tx -> store.search(tx, query, from, LIMIT));
            found += page.entries().size();
            before = page.searchedTo();
            pages++;
        }
        assertThat(found).isEqualTo(1);
        return new long[] {pages, System.nanoTime() - began};
    }

    private static Figures figures(List<Taken> pages, ToLongFunction<Taken> which) {
        long[] sorted = pages.stream().mapToLong(which).sorted().toArray();
        return new Figures(
                sorted[sorted.length / 2] / 1e6,
                sorted[(sorted.length - 1) * 99 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private static void print(String name, List<Taken> pages) {
        Figures wall = figures(pages, Taken::wall);
        Figures processor = figures(pages, Taken::processor);
        System.out.printf(
                "a page by %-28s median %6.2f ms, 99%% %6.2f, longest %6.2f;"
                        + " of processor time %6.2f, %6.2f, %6.2f%n",
                name,
                wall.median(),
                wall.p99(),
                wall.longest(),
                processor.median(),
                processor.p99(),
                processor.longest());
    }
}
