package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Ten million entries, with the figures that the issue demands of an idle machine. */
class EntryLogLoadIT {
    private static final long ENTRIES = 10_000_000;

    @TempDir private Path folder;

    @Test
    @Tag("long")
    void isFastEnoughWithTenMillionEntries() throws Exception {
        EntryLogBenchmark.Result result = new EntryLogBenchmark(folder, ENTRIES).run();

        assertThat(result.appendsPerSecond()).isGreaterThanOrEqualTo(5_000);
        assertThat(result.p99()).isLessThanOrEqualTo(20);
        assertThat(result.readsPerSecond()).isGreaterThanOrEqualTo(200_000);
        assertThat(result.proofMillis()).isLessThanOrEqualTo(5);
        assertThat(result.openMillis()).isLessThanOrEqualTo(10_000);
    }
}
