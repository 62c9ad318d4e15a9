package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.Evidence;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.TestStores;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * A change and its audit entry are there together or not at all, and the inference plane has the
 * change before its caller is told.
 */
@Tag("store")
class AdminTransactionsTest {
    private static final String ROW =
            "INSERT INTO root_key (version, key_check, created_at) VALUES (?, CAST('x' AS BYTEA),"
                    + " CURRENT_TIMESTAMP)";

    @TempDir private Path folder;
    private final Ids ids = new Ids(Clock.systemUTC());
    private final SiteStore site = new SiteStore();
    private final AuditStore audit = new AuditStore();
    private final AuditLog log =
            new AuditLog(audit, Evidence.AT_THE_FIRST_START, Clock.systemUTC());
    private final SiteIntegrity integrity =
            new SiteIntegrity(MacKey.owning(new byte[MacKey.BYTES]));
    private final AtomicInteger published = new AtomicInteger();
    private Database database;
    private AdminTransactions transactions;

    @BeforeEach
    void found() {
        database = TestStores.create(folder);
        database.write(tx -> {
            site.found(tx, ids.next(), Clock.systemUTC().instant());
            integrity.signAll(tx);
            return tx;
        });
        transactions = transactions(published::incrementAndGet);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void commitsRowsEntryAndVersionTogetherAndPublishes() {
        transactions.run(by(), tx -> row(tx, 1));

        assertThat(rows()).containsExactly(1);
        assertThat(entries()).extracting(AuditEntry::action).containsExactly("thing.made");
        assertThat(database.read(site::version)).isEqualTo(1);
        assertThat(published).hasValue(1);
    }

    @Test
    void hasNeitherRowNorEntryWhenTheBodyFailsAfterItsRow() {
        assertThatThrownBy(() ->
                        transactions.run(
                                by(),
                                tx -> {
                                    row(tx, 1);
                                    throw new IllegalStateException("between");
                                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows()).isEmpty();
        assertThat(entries()).isEmpty();
        assertThat(database.read(site::version)).isZero();
        assertThat(published).hasValue(0);
    }

    @Test
    void hasNoRowWhenTheEntryCannotBeWritten() {
        var tooLong = "x".repeat(300);

        assertThatThrownBy(() ->
                        transactions.run(
                                by(),
                                tx -> {
                                    row(tx, 1);
                                    return Audited.of(1, AuditEvent.done(tooLong, "t", Map.of()));
                                }))
                .isInstanceOf(StoreFailure.class)
                .hasMessageNotContaining("xxx");

        assertThat(rows()).isEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    void hasNoEntryForTheChangeButOneForItsRefusal() {
        assertThatThrownBy(() ->
                        transactions.run(
                                by(),
                                tx -> {
                                    row(tx, 1);
                                    throw AdminRefused.nameTaken("workspace", "research");
                                }))
                .isInstanceOf(AdminRefused.class);

        assertThat(rows()).isEmpty();
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("change.refused");
                    assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
                    assertThat(entry.details()).containsEntry("code", "name_taken");
                });
    }

    @Test
    void cannotExpressAChangeWithoutAnEvent() {
        assertThatThrownBy(() -> new Audited<>(1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheCallerWhenTheStateCouldNotBePublished() {
        var failing =
                transactions(() -> {
                    throw new IllegalStateException("no snapshot");
                });

        assertThatThrownBy(() -> failing.run(by(), tx -> row(tx, 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbersEntriesWithoutAGapWhileManyChangeAndSomeFail() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < 120; i++) {
                int number = i;
                results.add(threads.submit(() -> changeOrFail(number)));
            }
            for (Future<?> result : results) {
                assertEndedAsMeant(result);
            }
        }

        assertThat(rows()).hasSize(80);
        assertThat(entries())
                .extracting(AuditEntry::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 80).map(i -> 81 - i).boxed().toList());
        assertThat(database.read(site::version)).isEqualTo(80);
    }

    private void changeOrFail(int number) {
        transactions.run(
                by(),
                tx -> {
                    Audited<Integer> done = row(tx, number);
                    if (number % 3 == 0) {
                        throw new IllegalArgumentException("every third");
                    }
                    return done;
                });
    }

    private static void assertEndedAsMeant(Future<?> result) throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException failure) {
            assertThat(failure.getCause()).hasMessage("every third");
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void allowsWhatTheRoleHasAndRecordsWhatItLacks(Role role) {
        var authorisation = new Authorisation(transactions, Clock.systemUTC());
        var caller = new AdminCaller(new DeviceId(ids.next()), "anna", role, "10.0.0.7");
        var refused = new ArrayList<String>();

        for (Permission permission : Permission.values()) {
            if (role.may(permission)) {
                Authorised by = authorisation.check(caller, permission, "/x", ids.nextRequest());
                assertThat(by.permission()).isEqualTo(permission);
            } else {
                refused.addFirst(permission.name());
                assertThatThrownBy(() ->
                                authorisation.check(caller, permission, "/x", ids.nextRequest()))
                        .isInstanceOfSatisfying(
                                AdminRefused.class,
                                it ->
                                        assertThat(it.code())
                                                .isEqualTo(ProblemCode.PERMISSION_MISSING));
            }
        }

        assertThat(entries())
                .filteredOn(entry -> entry.outcome() == AuditEntry.Outcome.REFUSED)
                .extracting(entry -> entry.details().get("permission"))
                .containsExactlyElementsOf(refused);
        assertThat(entries()).allMatch(entry -> "10.0.0.7".equals(entry.actor().address()));
    }

    @Test
    void tellsWhoComesAndTheFirstLookOfEachVisit() {
        var clock = new HandClock();
        var authorisation = new Authorisation(transactions, clock);
        var caller = new AdminCaller(new DeviceId(ids.next()), "anna", Role.OWNER, "10.0.0.7");
        for (int visit = 0; visit < 2; visit++) {
            for (int look = 0; look < 3; look++) {
                authorisation.check(caller, Permission.AUDIT_READ, "/audit", ids.nextRequest());
                authorisation.check(caller, Permission.STATUS_READ, "/status", ids.nextRequest());
                clock.now = clock.now.plus(Duration.ofMinutes(10));
            }
            clock.now = clock.now.plus(Duration.ofMinutes(10));
        }

        assertThat(entries().reversed())
                .extracting(AuditEntry::action)
                .containsExactly("device.signed_in", "data.read", "device.signed_in", "data.read");
    }

    @Test
    void changesNothingWhileTheAuditLogCannotBeWritten() {
        var evidence = new FailingEvidence();
        AdminTransactions failing =
                transactions(
                        new AuditLog(audit, evidence, Clock.systemUTC()),
                        published::incrementAndGet);

        assertThatThrownBy(() -> failing.run(by(), tx -> row(tx, 1)))
                .isInstanceOfSatisfying(
                        AdminRefused.class,
                        it -> assertThat(it.code()).isEqualTo(ProblemCode.AUDIT_UNAVAILABLE));
        assertThat(entries()).isEmpty();

        evidence.failsLater = true;
        failing.run(by(), tx -> row(tx, 2));
        assertThat(entries()).extracting(AuditEntry::target).containsExactly("thing/2");
    }

    /** A log that can't be written, from the beginning or from the commit on. */
    private static final class FailingEvidence implements Evidence {
        private boolean failsLater;

        @Override
        public void demandWritable() {
            if (!failsLater) {
                throw AuditUnavailable.notYet();
            }
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public void secure(long number) {
            throw AuditUnavailable.notYet();
        }

        @Override
        public void alone(Actor actor, RequestId requestId, AuditEvent event) {
            throw AuditUnavailable.notYet();
        }
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

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

    @Test
    void takesNoAuthorisationForSomethingElse() {
        assertThatThrownBy(() -> by().demand(Permission.DEVICES_MANAGE))
                .isInstanceOf(IllegalStateException.class);
    }

    private AdminTransactions transactions(AfterCommit afterCommit) {
        return transactions(log, afterCommit);
    }

    private AdminTransactions transactions(AuditLog log, AfterCommit afterCommit) {
        return new AdminTransactions(
                database,
                site,
                log,
                integrity,
                new TamperingAlarm(database, log, ids),
                afterCommit);
    }

    private Authorised by() {
        return Authorisation.onThisBox("root", Permission.WORKSPACES_MANAGE, ids.nextRequest());
    }

    private static Audited<Integer> row(Tx tx, int number) {
        tx.handle().execute(ROW, number);
        tx.touched("root_key", number);
        return Audited.of(number, AuditEvent.done("thing.made", "thing/" + number, Map.of()));
    }

    private List<Integer> rows() {
        return database.read(tx ->
                tx.handle()
                        .createQuery("SELECT version FROM root_key ORDER BY version")
                        .mapTo(Integer.class)
                        .list());
    }

    private List<AuditEntry> entries() {
        return database.read(tx -> audit.before(tx, Long.MAX_VALUE, 1000));
    }
}
