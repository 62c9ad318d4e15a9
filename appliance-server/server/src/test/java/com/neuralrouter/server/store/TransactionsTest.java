package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What a commit promises, on each of the databases. */
@Tag("store")
class TransactionsTest {
    private static final String ADD =
            "INSERT INTO root_key (version, key_check, created_at) VALUES (?, CAST('x' AS BYTEA),"
                    + " CURRENT_TIMESTAMP)";

    @TempDir private Path folder;

    @Test
    void keepsWhatWasCommittedAcrossClosingAndOpening() {
        try (Database database = TestStores.create(folder)) {
            add(database, 1);
        }

        try (Database database = TestStores.open(folder)) {
            assertThat(versions(database)).containsExactly(1);
        }
    }

    @Test
    void hasNothingOfATransactionWhoseBodyThrew() {
        try (Database database = TestStores.create(folder)) {
            assertThatThrownBy(() ->
                            database.write(tx -> {
                                tx.handle().execute(ADD, 1);
                                throw new IllegalArgumentException("changed mind");
                            }))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(versions(database)).isEmpty();
        }
    }

    @Test
    void rollsBackWhatAReadWrote() {
        try (Database database = TestStores.create(folder)) {
            database.read(tx -> tx.handle().execute(ADD, 1));

            assertThat(versions(database)).isEmpty();
        }
    }

    @Test
    void readsAllTablesAsOfOneMoment() {
        try (Database database = TestStores.create(folder)) {
            long head =
                    database.read(tx -> {
                        // The moment is fixed by reading one table; another one is changed now.
                        tx.handle().select("SELECT version FROM root_key").mapTo(Long.class).list();
                        Thread other =
                                Thread.ofPlatform()
                                        .start(() ->
                                                database.write(change ->
                                                        change.handle()
                                                                .execute(
                                                                        "UPDATE audit_head SET"
                                                                            + " sequence = 7")));
                        joined(other);
                        return tx.handle()
                                .select("SELECT sequence FROM audit_head")
                                .mapTo(Long.class)
                                .one();
                    });

            assertThat(head).isZero();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void carriesNoValueOfARowInItsFailure() {
        try (Database database = TestStores.create(folder)) {
            assertThatThrownBy(() ->
                            database.write(tx ->
                                    tx.handle()
                                            .execute(
                                                    "INSERT INTO root_key (version)"
                                                            + " VALUES ('planted-secret')")))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> {
                                assertThat(failure.outcomeUnknown()).isFalse();
                                assertThat(failure.getCause()).isNull();
                                assertThat(failure.toString()).doesNotContain("planted-secret");
                            });
        }
    }

    @Test
    void outlivesTheInterruptOfAThreadThatWaitsForIt() {
        try (Database database = TestStores.create(folder)) {
            Thread.currentThread().interrupt();
            add(database, 1);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(versions(database)).containsExactly(1);
        }
    }

    @Test
    void refusesATransactionInsideAnother() {
        try (Database database = TestStores.create(folder)) {
            assertThatThrownBy(() -> database.write(_ -> versions(database)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside another");
        }
    }

    @Test
    void refusesToMakeAStoreWhereOneIsOpen() {
        try (Database _ = TestStores.create(folder)) {
            assertThatThrownBy(() -> Database.create(TestStores.in(folder)))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("already");
        }
    }

    private static void add(Database database, int version) {
        database.write(tx -> tx.handle().execute(ADD, version));
    }

    private static List<Integer> versions(Database database) {
        return database.read(tx ->
                tx.handle()
                        .createQuery("SELECT version FROM root_key")
                        .mapTo(Integer.class)
                        .list());
    }
}
