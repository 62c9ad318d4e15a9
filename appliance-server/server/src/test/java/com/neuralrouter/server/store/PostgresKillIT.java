package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops the database server immediately, as a power cut does, while changes are made, and starts it
 * again under the same open {@link Database}.
 */
@Tag("postgresql")
class PostgresKillIT {
    private static final int ROUNDS = 5;
    private static final int WRITERS = 8;
    private static final int CHANGES_A_ROUND = 100;

    @TempDir private Path folder;

    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<UUID> unknown = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void losesNothingThatWasAcknowledgedAndGoesOnByItself() throws Exception {
        try (TestPostgres server = TestPostgres.start(folder, Map.of())) {
            server.database("killed", "");
            try (Database database = Database.create(server.location("killed"));
                    var writers = Executors.newFixedThreadPool(WRITERS)) {
                for (int i = 0; i < WRITERS; i++) {
                    writers.execute(() -> write(database));
                }
                try {
                    for (int round = 0; round < ROUNDS; round++) {
                        awaitAcknowledged((round + 1) * CHANGES_A_ROUND);
                        server.stopImmediately();
                        server.startAgain();
                    }
                    awaitAcknowledged((ROUNDS + 1) * CHANGES_A_ROUND);
                } finally {
                    enough.set(true);
                }
                writers.shutdown();
                assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

                Set<UUID> there = there(database);
                System.out.printf(
                        "%d immediate stops: %d changes acknowledged, %d lost, %d of unknown"
                                + " outcome (%d of them there), %d refused%n",
                        ROUNDS,
                        acknowledged.size(),
                        acknowledged.stream().filter(each -> !there.contains(each)).count(),
                        unknown.size(),
                        unknown.stream().filter(there::contains).count(),
                        refused.get());
                assertThat(there).containsAll(acknowledged);
                Set<UUID> known = new HashSet<>(acknowledged);
                known.addAll(unknown);
                assertThat(known).as("nothing that was refused is there").containsAll(there);
            }
        }
    }

    private void write(Database database) {
        while (!enough.get()) {
            UUID key = UUID.randomUUID();
            try {
                database.write(tx ->
                        tx.handle()
                                .execute(
                                        """
                                        INSERT INTO api_key_use (api_key_id, last_used_at)
                                        VALUES (?, CURRENT_TIMESTAMP)
                                        """,
                                        key));
                acknowledged.add(key);
            } catch (StoreFailure failure) {
                if (failure.outcomeUnknown()) {
                    unknown.add(key);
                } else {
                    refused.incrementAndGet();
                }
            }
        }
    }

    private void awaitAcknowledged(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        var never = new CountDownLatch(1);
        while (acknowledged.size() < count) {
            assertThat(System.nanoTime()).as("acknowledged " + acknowledged).isLessThan(deadline);
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static Set<UUID> there(Database database) {
        return new HashSet<>(
                database.read(tx ->
                        tx.handle()
                                .createQuery("SELECT api_key_id FROM api_key_use")
                                .mapTo(UUID.class)
                                .list()));
    }
}
