package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class UsageCsvTest {
    private static final Instant SINCE = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-02-01T00:00:00Z");

    @Test
    void writesALineForEachRowAndATotalForEachCurrency() {
        var query = query(Period.DAY, Dimension.WORKSPACE, Dimension.MODEL);
        var report =
                new UsageReport(
                        SINCE,
                        UNTIL,
                        List.of(row("claims", "chat, large", "EUR", 12_345_678)),
                        List.of(sums("EUR", 12_345_678), sums("USD", 1)),
                        0);

        assertThat(UsageCsv.of(query, report))
                .isEqualTo(
                        """
                        begins,workspace,workspace_id,model,currency,cost,requests,failed,estimated,unpriced,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens
                        2027-01-01T00:00:00Z,claims,00000000-0000-0001-0000-000000000001,"chat, large",EUR,12.345678,10,1,2,3,100,40,5,20,6
                        Total,,,,EUR,12.345678,10,1,2,3,100,40,5,20,6
                        Total,,,,USD,0.000001,10,1,2,3,100,40,5,20,6
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void writesTheReportThatWorkspacesAreChargedBy() {
        var query = query(null, Dimension.WORKSPACE);
        var report =
                new UsageReport(
                        SINCE,
                        UNTIL,
                        List.of(
                                row("claims", "m", "EUR", 1_500_000),
                                row("=HYPERLINK(\"https://x\")", "m", "EUR", 0)),
                        List.of(sums("EUR", 1_500_000)),
                        0);

        assertThat(UsageCsv.of(query, report).lines().skip(1))
                .containsExactly(
                        "claims,00000000-0000-0001-0000-000000000001,EUR,1.500000,10,1,2,3,100,40,5,20,6",
                        "\"'=HYPERLINK(\"\"https://x\"\")\",00000000-0000-0001-0000-000000000001,EUR,0.000000,10,1,2,3,100,40,5,20,6",
                        "Total,,EUR,1.500000,10,1,2,3,100,40,5,20,6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|'=1+1",
                "+1|'+1",
                "-1|'-1",
                "@SUM(A1)|'@SUM(A1)",
                "a=1|a=1",
                "say \"so\"|`\"say \"\"so\"\"\"`",
            })
    void leavesASpreadsheetNothingToCalculate(String name, String cell) {
        assertThat(UsageCsv.cell(name)).isEqualTo(cell);
    }

    @Test
    void leavesASpreadsheetNothingToCalculateBehindWhiteSpaceEither() {
        assertThat(UsageCsv.cell("\t=1")).isEqualTo("'\t=1");
        assertThat(UsageCsv.cell("\r=1")).isEqualTo("\"'\r=1\"");
        assertThat(UsageCsv.cell(null)).isEmpty();
    }

    private static UsageQuery query(@Nullable Period period, Dimension... by) {
        return new UsageQuery(SINCE, UNTIL, List.of(by), period, null, null, null, null);
    }

    private static UsageRow row(String workspace, String model, String currency, long cost) {
        return new UsageRow(
                SINCE,
                new WorkspaceId(new UUID(1, 1)),
                workspace,
                new ApiKeyId(new UUID(2, 2)),
                "key",
                model,
                "provider",
                sums(currency, cost));
    }

    private static UsageSums sums(String currency, long cost) {
        return new UsageSums(currency, 10, 1, 2, 3, 100, 40, 5, 20, 6, cost, 7);
    }
}
