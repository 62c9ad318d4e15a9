package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What a durable commit costs the disk: one force, of the journal. */
class ForcesOfACommitTest {
    private static final int COMMITS = 50;

    @TempDir private Path folder;

    @Test
    void isOneOfTheJournalAndNoneOfTheFile() throws Exception {
        StoreOnDisk store = StoreOnDisk.ours(folder);
        var disk = new MemoryDisk(store.empty());

        store.run(
                disk,
                opened -> {
                    try (Handle handle = opened.connect()) {
                        // By this one a store is told from a database of something else.
                        handle.execute("CREATE TABLE \"flyway_schema_history\" (id INTEGER)");
                        commit(opened, handle, 0);
                        int before = disk.log().size();
                        for (int i = 1; i <= COMMITS; i++) {
                            commit(opened, handle, i);
                        }
                        assertCost(disk.log().subList(before, disk.log().size()));
                    }
                });
    }

    private static void commit(StoreOnDisk.Opened opened, Handle handle, int number) {
        opened.begin(handle);
        try {
            handle.execute("INSERT INTO \"flyway_schema_history\" VALUES (?)", number);
            opened.commit(handle);
        } finally {
            opened.end();
        }
    }

    private static void assertCost(List<MemoryDisk.Event> log) {
        List<String> forced =
                log.stream()
                        .filter(MemoryDisk.Forced.class::isInstance)
                        .map(event -> ((MemoryDisk.Forced) event).file())
                        .toList();
        long bytes =
                log.stream()
                        .filter(MemoryDisk.Written.class::isInstance)
                        .mapToLong(event -> ((MemoryDisk.Written) event).bytes().length)
                        .sum();

        assertThat(forced)
                .hasSize(COMMITS)
                .allMatch(file -> file.endsWith(EncryptedFilePath.JOURNAL));
        assertThat(bytes / COMMITS).as("bytes a commit, journal and file").isLessThan(40 << 10);
    }
}
