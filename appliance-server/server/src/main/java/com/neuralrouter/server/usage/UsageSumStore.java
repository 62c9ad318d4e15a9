package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The tables {@code usage_sum} and {@code usage_mark}, and the records that go into them. No state;
 * safe for all threads, but sums are written by one.
 */
final class UsageSumStore {
    /** Stands for nobody: a primary key can't be null. */
    static final UUID NOBODY = new UUID(0, 0);

    /** How time is cut. */
    enum Grain {
        HOUR(ChronoUnit.HOURS),
        DAY(ChronoUnit.DAYS);

        private final ChronoUnit unit;

        Grain(ChronoUnit unit) {
            this.unit = unit;
        }

        /** When that which it is in begins, in UTC. */
        Instant begins(Instant at) {
            return at.truncatedTo(unit);
        }
    }

    /** What a sum is of. */
    record Key(
            Grain grain,
            Instant begins,
            UUID workspace,
            UUID apiKey,
            String model,
            UUID provider,
            String currency) {}

    /** A record, as far as it is summed up. */
    private record Summed(long position, Key ofHour, UsageSum sum) {}

    /** Up to which position records are in the sums. */
    long mark(Tx tx) {
        return tx.handle()
                .createQuery("SELECT position FROM usage_mark WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** How many records are not in the sums yet: positions have no gaps. */
    long behind(Tx tx) {
        long last =
                tx.handle()
                        .createQuery("SELECT COALESCE(MAX(position), 0) FROM request")
                        .mapTo(Long.class)
                        .one();
        return Math.max(0, last - mark(tx));
    }

    /** The same of those up to a position. */
    long behind(Tx tx, long upTo) {
        return Math.min(behind(tx), upTo - mark(tx));
    }

    /**
     * Adds the next records to the sums of their hours and days; returns how many. Where they ended
     * is remembered in the same transaction, so each is in the sums once.
     *
     * @param upTo the last position that is wanted
     * @param currency of records that have none: nobody could say what they cost
     */
    int sumUp(Tx tx, long upTo, int most, String currency) {
        List<Summed> records = next(tx, mark(tx), upTo, most, currency);
        if (records.isEmpty()) {
            return 0;
        }
        Map<Key, UsageSum> sums = new HashMap<>();
        for (Summed record : records) {
            sums.merge(record.ofHour(), record.sum(), UsageSum::plus);
        }
        add(tx, sums, records.getLast().position());
        return records.size();
    }

    /** The same with what is summed up already, if it goes on where the sums end. */
    boolean add(Tx tx, RecentSums.Part<Key, UsageSum> part) {
        if (mark(tx) != part.after()) {
            return false;
        }
        add(tx, part.sums(), part.upTo());
        return true;
    }

    private static void add(Tx tx, Map<Key, UsageSum> byHour, long upTo) {
        Map<Key, UsageSum> byDay = new HashMap<>();
        byHour.forEach((key, sum) -> {
            add(tx, key, sum);
            byDay.merge(ofDay(key), sum, UsageSum::plus);
        });
        byDay.forEach((key, sum) -> add(tx, key, sum));
        tx.handle().execute("UPDATE usage_mark SET position = ? WHERE id = 1", upTo);
    }

    /** Records on their way into the store, summed up by their hours. */
    static RecentSums<Key, UsageSum> recent(Supplier<String> currency) {
        return new RecentSums<>(
                record -> ofHour(record, currency.get()), UsageSumStore::sum, UsageSum::plus);
    }

    private static Key ofHour(RequestRecord record, String currency) {
        RequestStarted started = record.started();
        ProviderId provider = record.ended().provider();
        String own = record.ended().cost().currency();
        return new Key(
                Grain.HOUR,
                Grain.HOUR.begins(Instant.ofEpochMilli(started.startedAtMillis())),
                started.workspaceId().value(),
                started.apiKeyId().value(),
                String.valueOf(UsageStore.kept(started.model())),
                provider == null ? NOBODY : provider.value(),
                own.isEmpty() ? currency : own);
    }

    private static UsageSum sum(RequestRecord record) {
        RequestEnded ended = record.ended();
        TokenCounts tokens = ended.tokens();
        boolean unpriced = ended.cost().micros() < 0;
        return new UsageSum(
                1,
                wentWell(ended.outcome().name()) ? 0 : 1,
                tokens.estimated() ? 1 : 0,
                unpriced ? 1 : 0,
                tokens.input(),
                tokens.cachedInput(),
                tokens.cacheWrites(),
                tokens.output(),
                tokens.reasoning(),
                unpriced ? 0 : ended.cost().micros(),
                ended.durationMicros());
    }

    private static List<Summed> next(Tx tx, long mark, long upTo, int most, String currency) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT position, started_at, workspace_id, api_key_id, model, provider_id,
                               outcome, tokens_estimated, input_tokens, cached_tokens,
                               cache_write_tokens, output_tokens, reasoning_tokens, cost_micros,
                               currency, duration_micros
                        FROM request WHERE position > :mark AND position <= :upTo
                        ORDER BY position LIMIT :most
                        """)
                .bind("mark", mark)
                .bind("upTo", upTo)
                .bind("most", most)
                .map((row, _) -> summed(row, currency))
                .list();
    }

    private static Summed summed(ResultSet row, String currency) throws SQLException {
        Instant at = Columns.time(row, "started_at");
        UUID provider = row.getObject("provider_id", UUID.class);
        String own = row.getString("currency");
        long cost = row.getLong("cost_micros");
        boolean unpriced = row.wasNull();
        return new Summed(
                row.getLong("position"),
                new Key(
                        Grain.HOUR,
                        Grain.HOUR.begins(at),
                        row.getObject("workspace_id", UUID.class),
                        row.getObject("api_key_id", UUID.class),
                        row.getString("model"),
                        provider == null ? NOBODY : provider,
                        own == null ? currency : own),
                new UsageSum(
                        1,
                        wentWell(row.getString("outcome")) ? 0 : 1,
                        row.getBoolean("tokens_estimated") ? 1 : 0,
                        unpriced ? 1 : 0,
                        row.getLong("input_tokens"),
                        row.getLong("cached_tokens"),
                        row.getLong("cache_write_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("reasoning_tokens"),
                        cost,
                        row.getLong("duration_micros")));
    }

    /** Nobody waited for a copy: whatever came of it is well. */
    private static boolean wentWell(String outcome) {
        return outcome.equals(Outcome.COMPLETED.name()) || outcome.equals(Outcome.SHADOWED.name());
    }

    private static Key ofDay(Key hour) {
        return new Key(
                Grain.DAY,
                Grain.DAY.begins(hour.begins()),
                hour.workspace(),
                hour.apiKey(),
                hour.model(),
                hour.provider(),
                hour.currency());
    }

    private static void add(Tx tx, Key key, UsageSum sum) {
        if (update(tx, key, sum) == 0) {
            insert(tx, key, sum);
        }
    }

    private static int update(Tx tx, Key key, UsageSum sum) {
        return tx.handle()
                .execute(
                        """
                        UPDATE usage_sum SET requests = requests + ?, failed = failed + ?,
                            estimated = estimated + ?, unpriced = unpriced + ?,
                            input_tokens = input_tokens + ?, cached_tokens = cached_tokens + ?,
                            cache_write_tokens = cache_write_tokens + ?,
                            output_tokens = output_tokens + ?,
                            reasoning_tokens = reasoning_tokens + ?,
                            cost_micros = cost_micros + ?, duration_micros = duration_micros + ?
                        WHERE grain = ? AND begins = ? AND workspace_id = ? AND api_key_id = ?
                            AND model = ? AND provider_id = ? AND currency = ?
                        """,
                        sum.requests(),
                        sum.failed(),
                        sum.estimated(),
                        sum.unpriced(),
                        sum.input(),
                        sum.cached(),
                        sum.cacheWrites(),
                        sum.output(),
                        sum.reasoning(),
                        sum.costMicros(),
                        sum.durationMicros(),
                        key.grain().name(),
                        Columns.time(key.begins()),
                        key.workspace(),
                        key.apiKey(),
                        key.model(),
                        key.provider(),
                        key.currency());
    }

    private static void insert(Tx tx, Key key, UsageSum sum) {
        tx.handle()
                .execute(
                        """
                        INSERT INTO usage_sum (grain, begins, workspace_id, api_key_id, model,
                            provider_id, currency, requests, failed, estimated, unpriced,
                            input_tokens, cached_tokens, cache_write_tokens, output_tokens,
                            reasoning_tokens, cost_micros, duration_micros)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        key.grain().name(),
                        Columns.time(key.begins()),
                        key.workspace(),
                        key.apiKey(),
                        key.model(),
                        key.provider(),
                        key.currency(),
                        sum.requests(),
                        sum.failed(),
                        sum.estimated(),
                        sum.unpriced(),
                        sum.input(),
                        sum.cached(),
                        sum.cacheWrites(),
                        sum.output(),
                        sum.reasoning(),
                        sum.costMicros(),
                        sum.durationMicros());
    }

    /**
     * Removes the oldest records from before then that are in the sums; returns how many. Records
     * are stored in the order in which requests ended: an older one behind a younger one is removed
     * when that one is old enough too.
     */
    int removeRecords(Tx tx, Instant before, int most) {
        List<Boolean> old =
                tx.handle()
                        .createQuery(
                                """
                                SELECT started_at FROM request
                                WHERE position <= (SELECT position FROM usage_mark WHERE id = 1)
                                ORDER BY position LIMIT :most
                                """)
                        .bind("most", most)
                        .map((row, _) -> Columns.time(row, "started_at").isBefore(before))
                        .list();
        int count = old.contains(false) ? old.indexOf(false) : old.size();
        return count == 0
                ? 0
                : tx.handle()
                        .createUpdate(
                                """
                                DELETE FROM request WHERE position IN
                                    (SELECT position FROM request ORDER BY position LIMIT :count)
                                """)
                        .bind("count", count)
                        .execute();
    }

    /** Removes the sums of hours and days that began before then; returns how many. */
    int removeSums(Tx tx, Instant before) {
        return tx.handle()
                .createUpdate("DELETE FROM usage_sum WHERE begins < :before")
                .bind("before", Columns.time(before))
                .execute();
    }
}
