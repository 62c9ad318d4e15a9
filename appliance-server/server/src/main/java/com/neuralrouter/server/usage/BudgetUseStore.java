package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The tables {@code budget_use} and {@code budget_fold}, and the requests from which they are added
 * up. Adding up is done by one thread; safe for all.
 */
public final class BudgetUseStore {
    private static final int SECOND = 1_000;

    private final Database database;

    /**
     * What was spent of a budget in one span of time, as far as {@link #folded}.
     *
     * @param told the highest percentage that somebody was told of
     */
    public record Use(UUID budget, long beganMillis, long tokens, long micros, int told) {}

    /**
     * What one request came to, an upstream that was asked for it as well and cut off included.
     *
     * @param key the name of its API key; null if there is no such key any more
     */
    public record Charge(
            long position,
            WorkspaceId workspace,
            @Nullable String key,
            long startedMillis,
            long tokens,
            long micros) {}

    /** Requests of one key that began in the same second. */
    public record Origin(WorkspaceId workspace, ApiKeyId key, long second) {}

    /** What some requests came to. */
    public record Spent(long tokens, long micros) {
        Spent plus(Spent other) {
            return new Spent(tokens + other.tokens, micros + other.micros);
        }
    }

    public BudgetUseStore(Database database) {
        this.database = database;
    }

    /** What requests come to on their way into the store. */
    public static RecentSums<Origin, Spent> recent(UsageStore records) {
        return records.told(
                new RecentSums<>(
                        record ->
                                new Origin(
                                        record.started().workspaceId(),
                                        record.started().apiKeyId(),
                                        record.started().startedAtMillis() / SECOND),
                        record ->
                                new Spent(
                                        record.ended().tokens().total()
                                                + record.ended().cost().overtakenTokens(),
                                        Math.max(0, record.ended().cost().micros())),
                        Spent::plus));
    }

    /** Up to which request all is added up. */
    public long folded() {
        return number("SELECT COALESCE(MAX(position), 0) FROM budget_fold WHERE id = 1");
    }

    /** The last request that is recorded. */
    public long last() {
        return number("SELECT COALESCE(MAX(position), 0) FROM request");
    }

    /** The first request that began then or later; {@link Long#MAX_VALUE} if there is none. */
    public long firstSince(long millis) {
        return database.read(tx ->
                tx.handle()
                        .createQuery(
                                """
                                SELECT COALESCE(MIN(position), :none) FROM request
                                WHERE started_at >= :since
                                """)
                        .bind("none", Long.MAX_VALUE)
                        .bind("since", Columns.time(Instant.ofEpochMilli(millis)))
                        .mapTo(Long.class)
                        .one());
    }

    private long number(String sql) {
        return database.read(tx -> tx.handle().createQuery(sql).mapTo(Long.class).one());
    }

    /** Requests in the order in which they were recorded. */
    public List<Charge> charges(long after, long upTo, int limit) {
        return database.read(tx ->
                tx.handle()
                        .createQuery(
                                """
                                SELECT r.position, r.workspace_id, k.name AS api_key_name,
                                       r.started_at,
                                       r.input_tokens + r.output_tokens + r.overtaken_tokens
                                           AS tokens,
                                       COALESCE(r.cost_micros, 0) AS micros
                                FROM request r
                                LEFT JOIN api_key k ON k.id = r.api_key_id
                                WHERE r.position > :after AND r.position <= :upTo
                                ORDER BY r.position LIMIT :limit
                                """)
                        .bind("after", after)
                        .bind("upTo", upTo)
                        .bind("limit", limit)
                        .map((row, _) -> charge(row))
                        .list());
    }

    /**
     * The same of what has just been stored: each is of some requests, and of the last position.
     */
    public List<Charge> charges(RecentSums.Part<Origin, Spent> part) {
        Map<ApiKeyId, String> names =
                names(part.sums().keySet().stream().map(Origin::key).collect(Collectors.toSet()));
        return part.sums().entrySet().stream()
                .map(each ->
                        new Charge(
                                part.upTo(),
                                each.getKey().workspace(),
                                names.get(each.getKey().key()),
                                each.getKey().second() * SECOND,
                                each.getValue().tokens(),
                                each.getValue().micros()))
                .toList();
    }

    private Map<ApiKeyId, String> names(Set<ApiKeyId> keys) {
        return database.read(tx ->
                tx.handle()
                        .createQuery("SELECT id, name FROM api_key WHERE id IN (<keys>)")
                        .bindList("keys", keys.stream().map(ApiKeyId::value).toList())
                        .map((row, _) ->
                                Map.entry(
                                        new ApiKeyId(row.getObject("id", UUID.class)),
                                        row.getString("name")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Charge charge(ResultSet row) throws SQLException {
        return new Charge(
                row.getLong("position"),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("api_key_name"),
                Columns.time(row, "started_at").toEpochMilli(),
                row.getLong("tokens"),
                row.getLong("micros"));
    }

    public Optional<Use> find(UUID budget, long beganMillis) {
        return database.read(tx ->
                tx.handle()
                        .createQuery(
                                """
                                SELECT tokens, micros, told FROM budget_use
                                WHERE budget_id = :budget AND began_at = :began
                                """)
                        .bind("budget", budget)
                        .bind("began", Columns.time(Instant.ofEpochMilli(beganMillis)))
                        .map((row, _) ->
                                new Use(
                                        budget,
                                        beganMillis,
                                        row.getLong("tokens"),
                                        row.getLong("micros"),
                                        row.getInt("told")))
                        .findOne());
    }

    /** All is added up to that request; these are the sums that are others than before. */
    public void save(long position, List<Use> changed) {
        database.write(tx -> {
            changed.forEach(use -> put(tx, use));
            int updated =
                    tx.handle()
                            .execute("UPDATE budget_fold SET position = ? WHERE id = 1", position);
            return updated == 1
                    ? updated
                    : tx.handle()
                            .execute(
                                    "INSERT INTO budget_fold (id, position) VALUES (1, ?)",
                                    position);
        });
    }

    /** Every sum that is kept. */
    public List<Use> all() {
        return database.read(tx ->
                tx.handle()
                        .createQuery(
                                "SELECT budget_id, began_at, tokens, micros, told FROM budget_use")
                        .map((row, _) ->
                                new Use(
                                        row.getObject("budget_id", UUID.class),
                                        Columns.time(row, "began_at").toEpochMilli(),
                                        row.getLong("tokens"),
                                        row.getLong("micros"),
                                        row.getInt("told")))
                        .list());
    }

    /** The sum is not kept up any more. */
    public void forget(UUID budget, long beganMillis) {
        database.write(tx ->
                tx.handle()
                        .execute(
                                "DELETE FROM budget_use WHERE budget_id = ? AND began_at = ?",
                                budget,
                                Columns.time(Instant.ofEpochMilli(beganMillis))));
    }

    /** Somebody was told: a part of the transaction that leaves the entry. */
    public static void told(Tx tx, Use use, int percent) {
        tx.handle()
                .execute(
                        "UPDATE budget_use SET told = ? WHERE budget_id = ? AND began_at = ?",
                        percent,
                        use.budget(),
                        Columns.time(Instant.ofEpochMilli(use.beganMillis())));
    }

    private static void put(Tx tx, Use use) {
        var began = Columns.time(Instant.ofEpochMilli(use.beganMillis()));
        int updated =
                tx.handle()
                        .execute(
                                """
                                UPDATE budget_use SET tokens = ?, micros = ?, told = ?
                                WHERE budget_id = ? AND began_at = ?
                                """,
                                use.tokens(),
                                use.micros(),
                                use.told(),
                                use.budget(),
                                began);
        if (updated == 0) {
            tx.handle()
                    .execute(
                            """
                            INSERT INTO budget_use (budget_id, began_at, tokens, micros, told)
                            VALUES (?, ?, ?, ?, ?)
                            """,
                            use.budget(),
                            began,
                            use.tokens(),
                            use.micros(),
                            use.told());
        }
    }
}
