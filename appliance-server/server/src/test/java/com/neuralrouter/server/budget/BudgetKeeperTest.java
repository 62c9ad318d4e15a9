package com.neuralrouter.server.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.usage.BudgetUseStore;
import com.neuralrouter.server.usage.RequestCost;
import com.neuralrouter.server.usage.RequestEnded;
import com.neuralrouter.server.usage.RequestRecord;
import com.neuralrouter.server.usage.RequestStarted;
import com.neuralrouter.server.usage.Residency;
import com.neuralrouter.server.usage.TokenCounts;
import com.neuralrouter.server.usage.UsageStore;
import com.neuralrouter.server.usage.Waits;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Budgets held against the request records, with a clock that the test sets. */
@Tag("store")
class BudgetKeeperTest {
    /** A clock that stands where the test put it. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2027-01-31T23:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TempDir private Path folder;
    private final SetClock clock = new SetClock();
    private TestSite site;
    private UsageStore usage;
    private BudgetUseStore uses;
    private Workspace workspace;
    private ApiKeyId key;
    private long position;

    @BeforeEach
    void found() {
        site = new TestSite(folder.resolve("site"));
        usage = new UsageStore(site.database);
        uses = new BudgetUseStore(site.database);
        workspace = site.workspace("research");
        key =
                site.apiKeys
                        .create(
                                site.as(Permission.API_KEYS_MANAGE),
                                workspace.id(),
                                new CreateApiKey("app", null))
                        .key()
                        .id();
    }

    @AfterEach
    void close() {
        site.close();
    }

    private BudgetKeeper keeper() {
        return new BudgetKeeper(
                site.metering.budgetBook(),
                uses,
                usage,
                site.budgets,
                _ -> workspace.name(),
                site.ids,
                clock);
    }

    private Account set(Subject subject, Per per, long tokens) {
        var document = new BudgetDocument("b", per, null, null, tokens, List.of(50));
        site.apply(tx -> site.budgets.setIn(tx, subject, "research", List.of(document)));
        return site.metering.budgetBook().all().stream()
                .filter(account -> account.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private void record(Instant began, long tokens) {
        record(began, tokens, RequestCost.UNKNOWN);
    }

    private void record(Instant began, long tokens, RequestCost cost) {
        position++;
        usage.insert(
                List.of(
                        new RequestRecord(
                                position,
                                new RequestStarted(
                                        new RequestId(new UUID(9, position)),
                                        began.toEpochMilli(),
                                        workspace.id(),
                                        key,
                                        "m",
                                        false,
                                        1),
                                new RequestEnded(
                                        Outcome.COMPLETED,
                                        200,
                                        null,
                                        null,
                                        null,
                                        1,
                                        1,
                                        1,
                                        new TokenCounts(tokens, 0, false),
                                        Residency.NONE,
                                        cost,
                                        Waits.NONE))));
    }

    private long spent(Account account) {
        return account.at(clock.millis()).tokens.spent();
    }

    @Test
    void aNewBudgetKnowsWhatItsTimeHasSeenAlready() {
        record(Instant.parse("2026-12-31T23:59:59Z"), 7);
        record(Instant.parse("2027-01-02T00:00:00Z"), 100);
        record(Instant.parse("2027-01-31T22:00:00Z"), 20);
        Account ofKey = set(Subject.key(workspace.id(), "app"), Per.MONTH, 1_000);
        Account ofDay = set(Subject.workspace(workspace.id()), Per.DAY, 1_000);
        Account ofOthers = set(Subject.key(workspace.id(), "other"), Per.MONTH, 1_000);

        keeper().fold();

        assertThat(spent(ofKey)).isEqualTo(120);
        assertThat(spent(ofDay)).isEqualTo(20);
        assertThat(spent(ofOthers)).isZero();
    }

    @Test
    void countsEachRecordOnceHoweverOftenItLooksAndIsKilled() {
        Account account = set(Subject.SITE, Per.MONTH, 1_000);
        BudgetKeeper keeper = keeper();
        for (int i = 1; i <= 20; i++) {
            record(clock.now, i);
            keeper.fold();
            if (i % 3 == 0) {
                keeper = keeper();
                keeper.fold();
            }
        }

        // As after a restart: nothing is known in memory.
        site.metering.budgetBook().remove(account.id());
        site.publisher.publish();
        Account again =
                site.metering
                        .budgetBook()
                        .put(
                                site.reads.read(tx ->
                                        site.metering
                                                .budgets()
                                                .find(tx, account.id())
                                                .orElseThrow()));
        keeper().fold();

        assertThat(spent(account)).isEqualTo(210);
        assertThat(spent(again)).isEqualTo(210);
    }

    @Test
    void whatHasJustBeenStoredIsNotReadBack() {
        Account ofSite = set(Subject.SITE, Per.MONTH, 1_000);
        Account ofKey = set(Subject.key(workspace.id(), "app"), Per.DAY, 1_000);
        BudgetKeeper keeper = keeper();
        record(clock.now, 1);
        keeper.fold();
        record(clock.now, 20);
        record(clock.now.minus(Duration.ofDays(1)), 300);
        site.database.write(tx -> tx.handle().execute("DELETE FROM request"));

        keeper.fold();

        assertThat(spent(ofSite)).isEqualTo(321);
        assertThat(spent(ofKey)).isEqualTo(21);
    }

    /** Whether it is read from the store, or known on its way there. */
    @Test
    void whoWasAskedAsWellAndCutOffCounts() {
        Account ofSite = set(Subject.SITE, Per.MONTH, 1_000);
        record(clock.now, 10, new RequestCost(5, "EUR", "", 10));
        keeper().fold();
        assertThat(spent(ofSite)).isEqualTo(20);

        BudgetKeeper keeper = keeper();
        keeper.fold();
        record(clock.now, 7, new RequestCost(5, "EUR", "", 7));
        keeper.fold();

        assertThat(spent(ofSite)).isEqualTo(34);
    }

    @Test
    void whatMemoryKnowsAlreadyIsNotCountedAgain() {
        Account account = set(Subject.SITE, Per.MONTH, 1_000);
        BudgetKeeper keeper = keeper();
        keeper.fold();
        var request = new Reservation(Price.NOTHING);
        request.charge(List.of(account), clock.millis());
        request.open(50, 50);
        request.settle(80, 0);
        record(clock.now, 80);

        keeper.fold();
        assertThat(spent(account)).isEqualTo(80);

        record(clock.now, 5);
        keeper.fold();
        assertThat(spent(account)).as("one that memory did not know").isEqualTo(85);
    }

    @Test
    void aNewMonthBeginsWithNothingAndLateRecordsGoWhereTheyBelong() {
        Account account = set(Subject.SITE, Per.MONTH, 1_000);
        BudgetKeeper keeper = keeper();
        record(clock.now, 100);
        keeper.fold();

        clock.now = Instant.parse("2027-02-01T00:00:01Z");
        record(Instant.parse("2027-01-31T23:59:59Z"), 30);
        record(clock.now, 4);
        keeper.fold();
        assertThat(spent(account)).isEqualTo(4);

        keeper().fold();
        assertThat(spent(account)).isEqualTo(4);
    }

    @Test
    void aBudgetWhoseTimeIsChangedAndChangedBackIsCountedAnew() {
        Account account = set(Subject.SITE, Per.MONTH, 1_000);
        BudgetKeeper keeper = keeper();
        record(Instant.parse("2027-01-02T00:00:00Z"), 100);
        keeper.fold();
        set(Subject.SITE, Per.DAY, 1_000);
        keeper.fold();
        assertThat(spent(account)).isZero();

        record(clock.now, 30);
        keeper.fold();
        assertThat(spent(account)).isEqualTo(30);
        set(Subject.SITE, Per.MONTH, 1_000);
        keeper.fold();

        assertThat(spent(account)).isEqualTo(130);
    }

    @Test
    void tellsOnceAtEachThresholdAndAgainAfterARestartOnlyOfTheNext() {
        Account account = set(Subject.workspace(workspace.id()), Per.MONTH, 100);
        BudgetKeeper keeper = keeper();
        record(clock.now, 49);
        keeper.fold();
        keeper.tick();
        assertThat(told()).isEmpty();

        record(clock.now, 1);
        keeper.fold();
        keeper.tick();
        keeper.tick();
        assertThat(told()).containsExactly("budget.threshold_reached");

        BudgetKeeper next = keeper();
        next.tick();
        assertThat(told()).hasSize(1);

        var request = new Reservation(Price.NOTHING);
        request.charge(List.of(account), clock.millis());
        assertThat(request.open(51, 0)).isNotNull();
        next.tick();
        next.tick();
        assertThat(told()).containsExactlyInAnyOrder("budget.threshold_reached", "budget.used_up");
    }

    @Test
    void aTotalCountsFromWhenItWasMade() {
        record(Instant.parse("2020-01-02T00:00:00Z"), 100);
        Account account = set(Subject.SITE, Per.TOTAL, 1_000);
        Instant made = site.clock.instant();
        record(made.plus(Duration.ofMinutes(1)), 5);

        clock.now = made.plus(Duration.ofDays(800));
        keeper().fold();

        assertThat(spent(account)).isEqualTo(5);
    }

    /** What has just been stored is known by the second in which it began. */
    @Test
    void aTotalCountsWhatBeginsInTheSecondInWhichItWasMade() {
        Account account = set(Subject.SITE, Per.TOTAL, 1_000);
        Instant second = site.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        clock.now = second.plusSeconds(1);
        BudgetKeeper keeper = keeper();
        record(second.plusMillis(999), 7);
        keeper.fold();
        record(second.plusMillis(999), 40);

        keeper.fold();

        assertThat(spent(account)).isEqualTo(47);
    }

    private List<String> told() {
        return site.entries().stream()
                .map(AuditEntry::action)
                .filter(action -> action.startsWith("budget."))
                .toList();
    }
}
