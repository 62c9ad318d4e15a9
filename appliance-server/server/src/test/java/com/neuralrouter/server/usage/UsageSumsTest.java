package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.store.StoreFailure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

@Tag("store")
class UsageSumsTest {
    private static final Instant BEGIN = Instant.parse("2027-01-30T00:00:00Z");
    private static final Instant END = BEGIN.plus(4, ChronoUnit.DAYS);
    private static final long FOUR_DAYS = Duration.ofDays(4).toMillis();

    @TempDir private Path folder;
    private TestSite site;
    private UsageStore records;
    private long position;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        records = new UsageStore(site.database);
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** Whatever comes in whatever order, late ones too, and however often the work is cut off. */
    @Test
    void areWhatTheRecordsComeTo() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<RequestRecord> all = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            List<RequestRecord> batch = batch(random, 1 + random.nextInt(600));
            records.insert(batch);
            all.addAll(batch);
            if (random.nextBoolean()) {
                cutOff(random);
            }
            sums(Duration.ZERO, Duration.ZERO).sumUp();
        }

        assertSumsAre(all, "seed " + seed);
        assertThat(report(null, Dimension.values()).totals())
                .as("seed %d", seed)
                .extracting(each -> each.currency() + each.requests())
                .hasSizeLessThanOrEqualTo(2);
    }

    /** Added up on their way into the store, with gaps where somebody else stored some. */
    @Test
    void areTheSameWithoutReadingTheRecordsBack() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        UsageSums sums = sums(Duration.ZERO, Duration.ZERO);
        List<RequestRecord> all = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            List<RequestRecord> batch = batch(random, 1 + random.nextInt(200));
            (random.nextInt(5) == 0 ? new UsageStore(site.database) : records).insert(batch);
            all.addAll(batch);
            if (random.nextInt(3) > 0) {
                sums.sumUp();
            }
        }
        sums.sumUp();
        sums.sumUp(); // what others stored last is read once nothing else comes
        assertSumsAre(all, "seed " + seed);
    }

    private void assertSumsAre(List<RequestRecord> all, String seed) {
        assertThat(sums(Duration.ZERO, Duration.ZERO).sumUpBatch(Long.MAX_VALUE)).isZero();
        for (Period period : Period.values()) {
            assertThat(bySums(period)).as(seed + period).isEqualTo(byHand(all, period));
        }
    }

    @Test
    void areOfWhatWasStoredAMomentAgoEvenIfThatIsGoneAgain() {
        var sums = sums(Duration.ZERO, Duration.ZERO);
        records.insert(batch(new Random(4), 300));
        site.database.write(tx -> tx.handle().execute("DELETE FROM request"));

        sums.sumUp();

        assertThat(report(null).totals().stream().mapToLong(each -> each.requests()).sum())
                .isEqualTo(300);
    }

    /** The sums and how far they are commit together, or not at all. */
    private void cutOff(Random random) {
        var store = new UsageSumStore();
        assertThatThrownBy(() ->
                        site.database.write(tx -> {
                            store.sumUp(tx, Long.MAX_VALUE, 1 + random.nextInt(400), "EUR");
                            throw new IllegalStateException("cut off");
                        }))
                .isInstanceOfAny(IllegalStateException.class, StoreFailure.class);
    }

    @Test
    void goOnAfterARestartWhereTheyWere() {
        records.insert(batch(new Random(1), 3_000));
        assertThat(sums(Duration.ZERO, Duration.ZERO).sumUpBatch(Long.MAX_VALUE))
                .isEqualTo(UsageSums.BATCH);

        site.close();
        site = new TestSite(folder);
        records = new UsageStore(site.database);

        assertThat(report(null).behind()).isEqualTo(1_000);
        sums(Duration.ZERO, Duration.ZERO).sumUp();
        assertThat(report(null).totals().stream().mapToLong(each -> each.requests()).sum())
                .isEqualTo(3_000);
    }

    @Test
    void stayWhenTheirRecordsAreRemovedAndNoPositionIsTakenTwice() {
        records.insert(batch(new Random(2), 500));
        UsageSums old = sums(Duration.ofDays(1), Duration.ofDays(30));
        old.remove();
        assertThat(records.after(0, 1_000)).as("not summed up yet").hasSize(500);

        old.sumUp();
        UsageReport before = report(Period.DAY, Dimension.values());
        old.remove();

        assertThat(records.after(0, 1_000)).isEmpty();
        assertThat(report(Period.DAY, Dimension.values()).rows()).isEqualTo(before.rows());
        assertThat(records.lastPosition()).isEqualTo(500);
        assertThat(site.entries().getFirst())
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("usage.records_removed");
                    assertThat(entry.details()).containsEntry("rows", "500");
                });
    }

    @Test
    void areRemovedWhenTheyAreOldEnough() {
        records.insert(batch(new Random(3), 100));
        UsageSums all = sums(Duration.ZERO, Duration.ofHours(1));
        all.sumUp();
        all.remove();

        assertThat(report(null).totals()).isEmpty();
        assertThat(records.after(0, 1_000)).hasSize(100);
        assertThat(site.entries().getFirst().action()).isEqualTo("usage.sums_removed");
    }

    @Test
    void areToldOfOneWorkspaceKeyModelOrProvider() {
        List<RequestRecord> all = batch(new Random(4), 400);
        records.insert(all);
        sums(Duration.ZERO, Duration.ZERO).sumUp();

        String workspace = new WorkspaceId(new UUID(1, 1)).toString();
        UsageReport report =
                new UsageReports(site.database, site.transactions)
                        .report(
                                new UsageQuery(
                                        BEGIN, END, null, null, workspace, null, "model-1", null));

        assertThat(report.totals().stream().mapToLong(each -> each.requests()).sum())
                .isEqualTo(
                        all.stream()
                                .filter(each ->
                                        each.started().model().equals("model-1")
                                                && each.started()
                                                        .workspaceId()
                                                        .toString()
                                                        .equals(workspace))
                                .count());
    }

    @Test
    void areExportedWithAnEntry() {
        records.insert(batch(new Random(5), 50));
        sums(Duration.ZERO, Duration.ZERO).sumUp();
        var query =
                new UsageQuery(
                        BEGIN, END, List.of(Dimension.WORKSPACE), null, null, null, null, null);

        var export =
                new UsageReports(site.database, site.transactions)
                        .export(site.as(Permission.USAGE_EXPORT), query);

        assertThat(export.name()).isEqualTo("usage-2027-01-30-2027-02-03.csv");
        assertThat(export.csv()).startsWith("workspace,workspace_id,currency,cost,");
        assertThat(site.entries().getFirst().action()).isEqualTo("usage.exported");
        assertThat(site.entries().getFirst().details()).containsEntry("since", BEGIN.toString());
    }

    @Test
    void areNotToldOfHalfAnHourNorOfNoTime() {
        var reports = new UsageReports(site.database, site.transactions);

        assertThatThrownBy(() -> reports.report(query(BEGIN.plusSeconds(1), END)))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("full hour");
        assertThatThrownBy(() -> reports.report(query(END, END))).isInstanceOf(AdminRefused.class);
    }

    private static UsageQuery query(Instant since, Instant until) {
        return new UsageQuery(since, until, null, null, null, null, null, null);
    }

    private UsageReport report(@Nullable Period period, Dimension... by) {
        return new UsageReports(site.database, site.transactions)
                .report(new UsageQuery(BEGIN, END, List.of(by), period, null, null, null, null));
    }

    private UsageSums sums(Duration keepRecords, Duration keepSums) {
        return new UsageSums(
                new UsageSums.Keeping(keepRecords, keepSums),
                site.database,
                records,
                site.transactions,
                () -> "EUR",
                site.ids,
                Clock.fixed(END.plus(2, ChronoUnit.DAYS), ZoneOffset.UTC));
    }

    /** What was told apart, and what it came to: cost, unpriced, tokens by kind, failed. */
    private Map<String, List<Long>> bySums(Period period) {
        return report(period, Dimension.values()).rows().stream()
                .collect(
                        Collectors.toMap(
                                UsageSumsTest::key,
                                row ->
                                        List.of(
                                                row.sums().requests(),
                                                row.sums().failed(),
                                                row.sums().estimated(),
                                                row.sums().unpriced(),
                                                row.sums().inputTokens(),
                                                row.sums().cachedInputTokens(),
                                                row.sums().cacheWriteTokens(),
                                                row.sums().outputTokens(),
                                                row.sums().reasoningTokens(),
                                                row.sums().costMicros(),
                                                row.sums().durationMicros()),
                                (one, other) -> {
                                    throw new AssertionError("two rows of one key");
                                },
                                TreeMap::new));
    }

    private static String key(UsageRow row) {
        return row.begins()
                + " "
                + row.workspaceId()
                + " "
                + row.apiKeyId()
                + " "
                + row.model()
                + " "
                + row.provider()
                + " "
                + row.sums().currency();
    }

    private static Map<String, List<Long>> byHand(List<RequestRecord> all, Period period) {
        return all.stream()
                .collect(
                        Collectors.toMap(
                                each -> key(each, period),
                                UsageSumsTest::numbers,
                                UsageSumsTest::plus,
                                TreeMap::new));
    }

    private static String key(RequestRecord record, Period period) {
        Instant at = Instant.ofEpochMilli(record.started().startedAtMillis());
        ProviderId provider = record.ended().provider();
        String currency = record.ended().cost().currency();
        return switch (period) {
                    case HOUR -> at.truncatedTo(ChronoUnit.HOURS).toString();
                    case DAY -> at.truncatedTo(ChronoUnit.DAYS).toString();
                    case TOTAL -> "null";
                }
                + " "
                + record.started().workspaceId()
                + " "
                + record.started().apiKeyId()
                + " "
                + record.started().model()
                + " "
                + (provider == null ? "" : provider)
                + " "
                + (currency.isEmpty() ? "EUR" : currency);
    }

    private static List<Long> numbers(RequestRecord record) {
        RequestEnded ended = record.ended();
        TokenCounts tokens = ended.tokens();
        return List.of(
                1L,
                ended.outcome() == Outcome.COMPLETED || ended.outcome() == Outcome.SHADOWED
                        ? 0L
                        : 1L,
                tokens.estimated() ? 1L : 0L,
                ended.cost().micros() < 0 ? 1L : 0L,
                tokens.input(),
                tokens.cachedInput(),
                tokens.cacheWrites(),
                tokens.output(),
                tokens.reasoning(),
                Math.max(0, ended.cost().micros()),
                ended.durationMicros());
    }

    private static List<Long> plus(List<Long> one, List<Long> other) {
        var sum = new ArrayList<Long>();
        for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i) + other.get(i));
        }
        return List.copyOf(sum);
    }

    private List<RequestRecord> batch(Random random, int size) {
        var batch = new ArrayList<RequestRecord>();
        for (int i = 0; i < size; i++) {
            position++;
            batch.add(
                    new RequestRecord(
                            position,
                            new RequestStarted(
                                    new RequestId(new UUID(7, position)),
                                    BEGIN.toEpochMilli() + random.nextLong(FOUR_DAYS),
                                    new WorkspaceId(new UUID(1, random.nextInt(3))),
                                    new ApiKeyId(new UUID(2, random.nextInt(3))),
                                    "model-" + random.nextInt(2),
                                    false,
                                    1),
                            ended(random)));
        }
        return batch;
    }

    private static RequestEnded ended(Random random) {
        boolean priced = random.nextInt(5) > 0;
        boolean known = priced || random.nextBoolean();
        return new RequestEnded(
                Outcome.values()[random.nextInt(Outcome.values().length)],
                200,
                null,
                random.nextInt(4) == 0 ? null : new ProviderId(new UUID(3, random.nextInt(2) + 1)),
                null,
                1,
                random.nextInt(1_000),
                random.nextInt(1_000_000),
                new TokenCounts(
                        random.nextInt(1_000),
                        random.nextInt(100),
                        random.nextInt(100),
                        random.nextInt(1_000),
                        random.nextInt(100),
                        random.nextBoolean()),
                Residency.NONE,
                new RequestCost(
                        priced ? random.nextLong(10_000_000) : -1, known ? "EUR" : "", "book"),
                Waits.NONE);
    }
}
