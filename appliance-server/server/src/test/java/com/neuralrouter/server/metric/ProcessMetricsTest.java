package com.neuralrouter.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What this process, its JVM and its disk tell of themselves. */
class ProcessMetricsTest {
    @TempDir private Path folder;

    @Test
    void tellsOfMemoryTimeFilesAndTheDisk() {
        PrometheusText told = PrometheusText.of(new ProcessMetrics("1.2.3", folder));

        String java = Runtime.version().toString();
        assertThat(told.value("neural_router_info", "version", "1.2.3", "java", java)).isEqualTo(1);
        assertThat(told.value("neural_router_jvm_memory_used_bytes", "area", "heap")).isPositive();
        assertThat(told.value("neural_router_jvm_heap_max_bytes"))
                .isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(told.value("neural_router_process_cpu_seconds_total")).isPositive();
        assertThat(told.value("neural_router_process_start_time_seconds"))
                .isBetween(1.7e9, System.currentTimeMillis() / 1e3);
        assertThat(told.value("neural_router_jvm_threads")).isPositive();
        assertThat(told.family("neural_router_jvm_gc_seconds_total").samples()).isNotEmpty();
        assertThat(told.value("neural_router_site_disk_free_bytes"))
                .isBetween(1.0, told.value("neural_router_site_disk_size_bytes"));
    }

    @Test
    void leavesOutADiskThatCanNotBeAsked() {
        PrometheusText told =
                PrometheusText.of(new ProcessMetrics("1.2.3", folder.resolve("gone")));

        assertThat(told.family("neural_router_site_disk_free_bytes").samples()).isEmpty();
        assertThat(told.value("neural_router_jvm_threads")).isPositive();
    }
}
