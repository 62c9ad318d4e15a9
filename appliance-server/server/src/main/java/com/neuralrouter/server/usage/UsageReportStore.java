package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.usage.UsageSumStore.Grain;

import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the table {@code usage_sum} for reports. Names of workspaces, keys and providers are looked
 * up; where one is gone, its id stands for it. No state; safe for all threads.
 */
final class UsageReportStore {
    private static final String FROM =
            """
             FROM usage_sum s
            LEFT JOIN workspace w ON w.id = s.workspace_id
            LEFT JOIN api_key k ON k.id = s.api_key_id
            LEFT JOIN provider p ON p.id = s.provider_id
            WHERE s.grain = :grain AND s.begins >= :since AND s.begins < :until
            """;

    private static final String SUMS =
            """
            s.currency, SUM(s.requests) AS requests, SUM(s.failed) AS failed,
            SUM(s.estimated) AS estimated, SUM(s.unpriced) AS unpriced,
            SUM(s.input_tokens) AS input_tokens, SUM(s.cached_tokens) AS cached_tokens,
            SUM(s.cache_write_tokens) AS cache_write_tokens,
            SUM(s.output_tokens) AS output_tokens, SUM(s.reasoning_tokens) AS reasoning_tokens,
            SUM(s.cost_micros) AS cost_micros, SUM(s.duration_micros) AS duration_micros
            """;

    private static final String WORKSPACE = "COALESCE(w.name, CAST(s.workspace_id AS VARCHAR(36)))";
    private static final String API_KEY = "COALESCE(k.name, CAST(s.api_key_id AS VARCHAR(36)))";

    /** Empty for what nobody served. */
    private static final String PROVIDER =
            "CASE WHEN s.provider_id = '00000000-0000-0000-0000-000000000000' THEN ''"
                    + " ELSE COALESCE(p.name, CAST(s.provider_id AS VARCHAR(36))) END";

    /** At most so many rows, by time and then by what is told apart. */
    List<UsageRow> rows(Tx tx, UsageQuery query, int most) {
        Map<String, String> columns = columns(query);
        var selected = new ArrayList<String>();
        columns.forEach((name, expression) -> selected.add(expression + " AS " + name));
        selected.add(SUMS);
        var groups = new ArrayList<>(columns.values());
        groups.add("s.currency");
        var order = new ArrayList<>(columns.keySet());
        order.add("currency");
        String sql =
                "SELECT "
                        + String.join(", ", selected)
                        + FROM
                        + filters(query)
                        + " GROUP BY "
                        + String.join(", ", groups)
                        + " ORDER BY "
                        + String.join(", ", order)
                        + " LIMIT :most";
        return bound(tx.handle().createQuery(sql), query)
                .bind("most", most)
                .map((row, _) -> row(row, columns.keySet()))
                .list();
    }

    List<UsageSums> totals(Tx tx, UsageQuery query) {
        String sql = "SELECT " + SUMS + FROM + filters(query) + " GROUP BY s.currency ORDER BY 1";
        return bound(tx.handle().createQuery(sql), query).map((row, _) -> sums(row)).list();
    }

    /** What is told apart, each by an expression of our own: nothing of a request's text. */
    private static Map<String, String> columns(UsageQuery query) {
        var columns = new LinkedHashMap<String, String>();
        if (period(query) != Period.TOTAL) {
            columns.put("begins", "s.begins");
        }
        for (Dimension dimension : dimensions(query)) {
            switch (dimension) {
                case WORKSPACE -> {
                    columns.put("workspace_name", WORKSPACE);
                    columns.put("workspace_id", "s.workspace_id");
                }
                case API_KEY -> {
                    columns.put("api_key_name", API_KEY);
                    columns.put("api_key_id", "s.api_key_id");
                }
                case MODEL -> columns.put("model", "s.model");
                case PROVIDER -> columns.put("provider_name", PROVIDER);
            }
        }
        return columns;
    }

    private static List<Dimension> dimensions(UsageQuery query) {
        return query.by() == null ? List.of() : query.by().stream().distinct().toList();
    }

    static Period period(UsageQuery query) {
        return query.period() == null ? Period.TOTAL : query.period();
    }

    private static String filters(UsageQuery query) {
        var filters = new StringBuilder();
        if (query.workspace() != null) {
            filters.append(" AND ").append(WORKSPACE).append(" = :workspace");
        }
        if (query.apiKey() != null) {
            filters.append(" AND ").append(API_KEY).append(" = :apiKey");
        }
        if (query.model() != null) {
            filters.append(" AND s.model = :model");
        }
        if (query.provider() != null) {
            filters.append(" AND ").append(PROVIDER).append(" = :provider");
        }
        return filters.toString();
    }

    private static Query bound(Query sql, UsageQuery query) {
        sql.bind("grain", grain(query).name())
                .bind("since", Columns.time(query.since()))
                .bind("until", Columns.time(query.until()));
        bind(sql, "workspace", query.workspace());
        bind(sql, "apiKey", query.apiKey());
        bind(sql, "model", query.model());
        bind(sql, "provider", query.provider());
        return sql;
    }

    private static void bind(Query sql, String name, @Nullable String value) {
        if (value != null) {
            sql.bind(name, value);
        }
    }

    /** Days are fewer rows, where whole days are asked for. */
    private static Grain grain(UsageQuery query) {
        Instant since = query.since();
        Instant until = query.until();
        boolean days =
                Grain.DAY.begins(since).equals(since) && Grain.DAY.begins(until).equals(until);
        return days && period(query) != Period.HOUR ? Grain.DAY : Grain.HOUR;
    }

    private static UsageRow row(ResultSet row, Set<String> columns) throws SQLException {
        boolean workspace = columns.contains("workspace_id");
        boolean apiKey = columns.contains("api_key_id");
        return new UsageRow(
                columns.contains("begins") ? Columns.time(row, "begins") : null,
                workspace ? new WorkspaceId(row.getObject("workspace_id", UUID.class)) : null,
                workspace ? row.getString("workspace_name") : null,
                apiKey ? new ApiKeyId(row.getObject("api_key_id", UUID.class)) : null,
                apiKey ? row.getString("api_key_name") : null,
                columns.contains("model") ? row.getString("model") : null,
                columns.contains("provider_name") ? row.getString("provider_name") : null,
                sums(row));
    }

    private static UsageSums sums(ResultSet row) throws SQLException {
        return new UsageSums(
                row.getString("currency"),
                row.getLong("requests"),
                row.getLong("failed"),
                row.getLong("estimated"),
                row.getLong("unpriced"),
                row.getLong("input_tokens"),
                row.getLong("cached_tokens"),
                row.getLong("cache_write_tokens"),
                row.getLong("output_tokens"),
                row.getLong("reasoning_tokens"),
                row.getLong("cost_micros"),
                row.getLong("duration_micros"));
    }
}
