package com.neuralrouter.server.usage;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.usage.UsageSumStore.Grain;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a site's requests came to, as a report or as a file. Safe for all threads. */
public final class UsageReports {
    /** Of one report; more is refused, because a part of it would look like the whole. */
    private static final int MOST_ROWS = 20_000;

    private final Database database;
    private final AdminTransactions transactions;
    private final UsageSumStore sums = new UsageSumStore();
    private final UsageReportStore store = new UsageReportStore();

    public UsageReports(Database database, AdminTransactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Throws {@link AdminRefused}. */
    public UsageReport report(UsageQuery query) {
        demandHour("since", query.since());
        demandHour("until", query.until());
        if (!query.since().isBefore(query.until())) {
            throw AdminRefused.field("until", "must be later than since");
        }
        return database.read(tx -> {
            List<UsageRow> rows = store.rows(tx, query, MOST_ROWS + 1);
            if (rows.size() > MOST_ROWS) {
                throw AdminRefused.field(
                        "by",
                        "comes to more than "
                                + MOST_ROWS
                                + " rows; ask for a shorter time, or tell less apart");
            }
            return new UsageReport(
                    query.since(), query.until(), rows, store.totals(tx, query), sums.behind(tx));
        });
    }

    private static void demandHour(String field, Instant at) {
        if (!Grain.HOUR.begins(at).equals(at)) {
            throw AdminRefused.field(field, "must be a full hour in UTC");
        }
    }

    /** The report as a file; leaves an entry. Throws {@link AdminRefused}. */
    public UsageExport export(Authorised by, UsageQuery query) {
        by.demand(Permission.USAGE_EXPORT);
        UsageReport report = report(query);
        transactions.record(by.actor(), by.requestId(), event(query, report));
        String name =
                "usage-%s-%s.csv"
                        .formatted(
                                query.since().toString().substring(0, 10),
                                query.until().toString().substring(0, 10));
        return new UsageExport(name, UsageCsv.of(query, report));
    }

    private static AuditEvent event(UsageQuery query, UsageReport report) {
        var details = new LinkedHashMap<String, String>();
        details.put("since", query.since().toString());
        details.put("until", query.until().toString());
        details.put("rows", String.valueOf(report.rows().size()));
        put(details, "ofWorkspace", query.workspace());
        put(details, "ofApiKey", query.apiKey());
        put(details, "ofModel", query.model());
        put(details, "ofProvider", query.provider());
        return AuditEvent.done("usage.exported", "usage", details);
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null) {
            details.put(name, value);
        }
    }
}
