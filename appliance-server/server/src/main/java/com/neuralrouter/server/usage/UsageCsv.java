package com.neuralrouter.server.usage;

import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a report as CSV (RFC 4180): a line of names, the rows, then a line "Total" for each
 * currency. A name that a spreadsheet would take for a formula gets an apostrophe before it (OWASP,
 * "CSV Injection"). Immutable.
 */
final class UsageCsv {
    private static final String END = "\r\n";
    private static final String FORMULAS = "=+-@\t\r\n";

    private final List<Column> columns;

    /** What is told apart. */
    private enum Column {
        BEGINS("begins"),
        WORKSPACE("workspace"),
        WORKSPACE_ID("workspace_id"),
        API_KEY("api_key"),
        API_KEY_ID("api_key_id"),
        MODEL("model"),
        PROVIDER("provider");

        private final String title;

        Column(String title) {
            this.title = title;
        }

        @Nullable Object of(UsageRow row) {
            return switch (this) {
                case BEGINS -> row.begins();
                case WORKSPACE -> row.workspace();
                case WORKSPACE_ID -> row.workspaceId();
                case API_KEY -> row.apiKey();
                case API_KEY_ID -> row.apiKeyId();
                case MODEL -> row.model();
                case PROVIDER -> row.provider();
            };
        }
    }

    private UsageCsv(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    static String of(UsageQuery query, UsageReport report) {
        return new UsageCsv(columns(query)).text(report);
    }

    private static List<Column> columns(UsageQuery query) {
        var columns = new ArrayList<Column>();
        if (UsageReportStore.period(query) != Period.TOTAL) {
            columns.add(Column.BEGINS);
        }
        List<Dimension> by = query.by() == null ? List.of() : query.by();
        for (Dimension dimension : by.stream().distinct().toList()) {
            columns.addAll(
                    switch (dimension) {
                        case WORKSPACE -> List.of(Column.WORKSPACE, Column.WORKSPACE_ID);
                        case API_KEY -> List.of(Column.API_KEY, Column.API_KEY_ID);
                        case MODEL -> List.of(Column.MODEL);
                        case PROVIDER -> List.of(Column.PROVIDER);
                    });
        }
        return columns;
    }

    private String text(UsageReport report) {
        var text = new StringBuilder();
        columns.forEach(column -> text.append(column.title).append(','));
        text.append("currency,cost,requests,failed,estimated,unpriced,input_tokens,")
                .append("cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens")
                .append(END);
        for (UsageRow row : report.rows()) {
            columns.forEach(column -> text.append(cell(column.of(row))).append(','));
            sums(text, row.sums());
        }
        for (UsageSums total : report.totals()) {
            for (int i = 0; i < columns.size(); i++) {
                text.append(i == 0 ? "Total" : "").append(',');
            }
            sums(text, total);
        }
        return text.toString();
    }

    private static void sums(StringBuilder text, UsageSums sums) {
        text.append(cell(sums.currency()))
                .append(',')
                .append(BigDecimal.valueOf(sums.costMicros(), 6).toPlainString());
        long[] counts = {
            sums.requests(),
            sums.failed(),
            sums.estimated(),
            sums.unpriced(),
            sums.inputTokens(),
            sums.cachedInputTokens(),
            sums.cacheWriteTokens(),
            sums.outputTokens(),
            sums.reasoningTokens()
        };
        for (long count : counts) {
            text.append(',').append(count);
        }
        text.append(END);
    }

    static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
