package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestCosts;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables {@code request} and {@code api_key_use}. Names of workspaces, keys and providers are
 * looked up when a record is read; where one is gone, its id stands for it. Safe for all threads.
 */
public final class UsageStore implements RequestSink {
    private static final String SELECT =
            """
            SELECT r.position, r.id, r.started_at, r.workspace_id,
                   COALESCE(w.name, CAST(r.workspace_id AS VARCHAR(36))) AS workspace_name,
                   r.api_key_id, COALESCE(k.name, CAST(r.api_key_id AS VARCHAR(36))) AS api_key_name,
                   r.model, COALESCE(p.name, CAST(r.provider_id AS VARCHAR(36))) AS provider_name,
                   r.served_model, r.outcome, r.status, r.problem, r.stream, r.attempts,
                   r.first_byte_micros, r.duration_micros, r.input_tokens, r.output_tokens,
                   r.tokens_estimated, r.jurisdiction, r.region, r.policy_hash,
                   r.cached_tokens, r.cache_write_tokens, r.reasoning_tokens, r.cost_micros,
                   r.currency, r.price_book, r.queue_micros, r.sent_micros, r.guardrails,
                   r.overtaken_tokens
            FROM request r
            LEFT JOIN workspace w ON w.id = r.workspace_id
            LEFT JOIN api_key k ON k.id = r.api_key_id
            LEFT JOIN provider p ON p.id = r.provider_id
            """;

    /** Rows that are inserted in some tenths of a millisecond. */
    private static final int AT_ONCE = 32;

    private final Database database;
    private final List<StoredRecords> told = new CopyOnWriteArrayList<>();

    public UsageStore(Database database) {
        this.database = database;
    }

    /** It is told of all records that are stored from now on. */
    public <T extends StoredRecords> T told(T whom) {
        told.add(whom);
        return whom;
    }

    /** Records below {@code before}, newest first; {@link Long#MAX_VALUE} begins at the newest. */
    public List<RequestSummary> before(long before, int limit) {
        return page(
                SELECT + "WHERE r.position < :at ORDER BY r.position DESC LIMIT :limit",
                before,
                limit);
    }

    /** Records above {@code after}, oldest first; 0 begins at the oldest. */
    public List<RequestSummary> after(long after, int limit) {
        return page(
                SELECT + "WHERE r.position > :at ORDER BY r.position LIMIT :limit", after, limit);
    }

    private List<RequestSummary> page(String sql, long at, int limit) {
        return database.read(tx ->
                tx.handle()
                        .createQuery(sql)
                        .bind("at", at)
                        .bind("limit", limit)
                        .map((row, _) -> summary(row))
                        .list());
    }

    /** Where a request was recorded; empty if it was not. */
    public OptionalLong positionOf(RequestId id) {
        return database.read(tx ->
                tx
                        .handle()
                        .createQuery("SELECT position FROM request WHERE id = :id")
                        .bind("id", id.value())
                        .mapTo(Long.class)
                        .stream()
                        .mapToLong(Long::longValue)
                        .max());
    }

    /** When each of the keys last began a request; those that never did are absent. */
    public Map<ApiKeyId, Instant> lastUsed(Tx tx, Collection<ApiKeyId> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return tx.handle()
                .createQuery(
                        """
                        SELECT api_key_id, last_used_at FROM api_key_use
                        WHERE api_key_id IN (<keys>)
                        """)
                .bindList("keys", keys.stream().map(ApiKeyId::value).toList())
                .map((row, _) ->
                        Map.entry(
                                new ApiKeyId(row.getObject("api_key_id", UUID.class)),
                                instant(row, "last_used_at")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Records that were summed up may have been removed; their positions stay taken. */
    @Override
    public long lastPosition() {
        return database.read(tx ->
                tx.handle()
                        .createQuery(
                                """
                                SELECT GREATEST(
                                    (SELECT COALESCE(MAX(position), 0) FROM request),
                                    (SELECT position FROM usage_mark WHERE id = 1))
                                """)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public Set<Long> stored(List<RequestRecord> records) {
        Map<Long, RequestId> asked = new HashMap<>();
        records.forEach(each -> asked.put(each.position(), each.started().id()));
        LongSummaryStatistics positions =
                records.stream().mapToLong(RequestRecord::position).summaryStatistics();
        return database.read(tx ->
                tx
                        .handle()
                        .createQuery(
                                """
                                SELECT position, id FROM request
                                WHERE position BETWEEN :first AND :last
                                """)
                        .bind("first", positions.getMin())
                        .bind("last", positions.getMax())
                        .map((row, _) ->
                                Map.entry(
                                        row.getLong("position"),
                                        new RequestId(row.getObject("id", UUID.class))))
                        .stream()
                        .filter(each -> each.getValue().equals(asked.get(each.getKey())))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    @Override
    public void insert(List<RequestRecord> records, Pace pace) {
        Map<ApiKeyId, Long> used = new HashMap<>();
        for (RequestRecord each : records) {
            used.merge(each.started().apiKeyId(), each.started().startedAtMillis(), Math::max);
        }
        database.write(tx -> {
            insert(tx.handle(), records, pace);
            used.forEach((key, at) -> markUsed(tx.handle(), key, at));
            return records.size();
        });
        told.forEach(whom -> whom.stored(records));
    }

    /**
     * Plain JDBC: this statement runs for every request, and binding by name costs more than it.
     */
    private static void insert(Handle handle, List<RequestRecord> records, Pace pace) {
        try (PreparedStatement insert =
                handle.getConnection()
                        .prepareStatement(
                                """
                                INSERT INTO request (position, id, started_at, workspace_id,
                                    api_key_id, model, stream, outcome, status, problem,
                                    provider_id, served_model, attempts, first_byte_micros,
                                    duration_micros, input_tokens, output_tokens, tokens_estimated,
                                    jurisdiction, region, policy_hash, cached_tokens,
                                    cache_write_tokens, reasoning_tokens, cost_micros, currency,
                                    price_book, queue_micros, sent_micros, guardrails,
                                    overtaken_tokens)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)) {
            for (List<RequestRecord> some : parts(records)) {
                for (RequestRecord each : some) {
                    bind(insert, each);
                    insert.addBatch();
                }
                insert.executeBatch();
                some.forEach(_ -> pace.passed());
            }
        } catch (SQLException failure) {
            throw new UnableToExecuteStatementException("request records", failure, null);
        }
    }

    private static List<List<RequestRecord>> parts(List<RequestRecord> records) {
        return IntStream.range(0, (records.size() + AT_ONCE - 1) / AT_ONCE)
                .mapToObj(i ->
                        records.subList(i * AT_ONCE, Math.min(records.size(), (i + 1) * AT_ONCE)))
                .toList();
    }

    private static void bind(PreparedStatement insert, RequestRecord record) throws SQLException {
        RequestStarted started = record.started();
        RequestEnded ended = record.ended();
        insert.setLong(1, record.position());
        insert.setObject(2, started.id().value());
        insert.setObject(3, time(started.startedAtMillis()));
        insert.setObject(4, started.workspaceId().value());
        insert.setObject(5, started.apiKeyId().value());
        insert.setString(6, kept(started.model()));
        insert.setBoolean(7, started.stream());
        insert.setString(8, ended.outcome().name());
        insert.setInt(9, ended.status());
        insert.setString(10, ended.problem() == null ? null : ended.problem().wire());
        insert.setObject(11, ended.provider() == null ? null : ended.provider().value());
        insert.setString(12, kept(ended.servedModel()));
        insert.setInt(13, ended.attempts());
        insert.setLong(14, ended.firstByteMicros());
        insert.setLong(15, ended.durationMicros());
        insert.setLong(16, ended.tokens().input());
        insert.setLong(17, ended.tokens().output());
        insert.setBoolean(18, ended.tokens().estimated());
        insert.setString(19, orNull(ended.residency().jurisdiction()));
        insert.setString(20, orNull(ended.residency().region()));
        insert.setString(21, orNull(ended.residency().policy()));
        insert.setString(30, orNull(ended.residency().guardrails()));
        bindCost(insert, ended);
    }

    private static void bindCost(PreparedStatement insert, RequestEnded ended) throws SQLException {
        insert.setLong(22, ended.tokens().cachedInput());
        insert.setLong(23, ended.tokens().cacheWrites());
        insert.setLong(24, ended.tokens().reasoning());
        insert.setObject(
                25, ended.cost().micros() < 0 ? null : ended.cost().micros(), Types.BIGINT);
        insert.setString(26, orNull(ended.cost().currency()));
        insert.setString(27, orNull(ended.cost().priceBook()));
        insert.setLong(28, ended.waits().queueMicros());
        insert.setLong(29, ended.waits().sentMicros());
        insert.setLong(31, ended.cost().overtakenTokens());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /**
     * PostgreSQL refuses U+0000 in a text, and would refuse the batch for ever. No such name gets
     * in by the APIs; a site that was changed past them must go on recording.
     */
    static @Nullable String kept(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    /** The journal's thread is the only writer, so nobody inserts in between. */
    private static void markUsed(Handle handle, ApiKeyId key, long atMillis) {
        int updated =
                handle.execute(
                        """
                        UPDATE api_key_use SET last_used_at = GREATEST(last_used_at, ?)
                        WHERE api_key_id = ?
                        """,
                        time(atMillis),
                        key.value());
        if (updated == 0) {
            handle.execute(
                    "INSERT INTO api_key_use (api_key_id, last_used_at) VALUES (?, ?)",
                    key.value(),
                    time(atMillis));
        }
    }

    private static RequestSummary summary(ResultSet row) throws SQLException {
        String problem = row.getString("problem");
        return new RequestSummary(
                row.getLong("position"),
                new RequestId(row.getObject("id", UUID.class)),
                instant(row, "started_at"),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("workspace_name"),
                new ApiKeyId(row.getObject("api_key_id", UUID.class)),
                row.getString("api_key_name"),
                row.getString("model"),
                row.getString("provider_name"),
                row.getString("served_model"),
                Outcome.valueOf(row.getString("outcome")),
                row.getInt("status"),
                problem(problem),
                row.getBoolean("stream"),
                row.getInt("attempts"),
                row.getLong("first_byte_micros"),
                row.getLong("duration_micros"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getBoolean("tokens_estimated"),
                row.getString("jurisdiction"),
                row.getString("region"),
                row.getString("policy_hash"),
                row.getString("guardrails"),
                costs(row));
    }

    private static RequestCosts costs(ResultSet row) throws SQLException {
        long overtaken = row.getLong("overtaken_tokens");
        return new RequestCosts(
                row.getLong("cached_tokens"),
                row.getLong("cache_write_tokens"),
                row.getLong("reasoning_tokens"),
                row.getObject("cost_micros", Long.class),
                row.getString("currency"),
                row.getString("price_book"),
                row.getLong("queue_micros"),
                row.getLong("sent_micros"),
                overtaken == 0 ? null : overtaken);
    }

    private static @Nullable ProblemCode problem(@Nullable String wire) {
        return wire == null ? null : ProblemCode.of(wire);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
