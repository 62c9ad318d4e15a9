package com.neuralrouter.server.metric;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process, its JVM and the disk of its site. */
public final class ProcessMetrics implements Metrics {
    private static final MetricFamily VERSION =
            MetricFamily.gauge(
                    "info",
                    "Which version of the appliance and of Java runs: 1.",
                    "version",
                    "java");
    private static final MetricFamily STARTED =
            MetricFamily.gauge(
                    "process_start_time_seconds", "When the process began, in Unix time.");
    private static final MetricFamily CPU =
            MetricFamily.counter(
                    "process_cpu_seconds_total", "Processor time that the process has used.");
    private static final MetricFamily OPEN_FILES =
            MetricFamily.gauge("process_open_fds", "File descriptors, sockets among them.");
    private static final MetricFamily MOST_FILES =
            MetricFamily.gauge("process_max_fds", "How many there may be.");
    private static final MetricFamily MEMORY =
            MetricFamily.gauge("jvm_memory_used_bytes", "Memory in use, garbage included.", "area");
    private static final MetricFamily MOST_MEMORY =
            MetricFamily.gauge("jvm_heap_max_bytes", "How large the heap may become.");
    private static final MetricFamily COLLECTIONS =
            MetricFamily.counter(
                    "jvm_gc_collections_total", "Garbage collections, by collector.", "gc");
    private static final MetricFamily COLLECTING =
            MetricFamily.counter(
                    "jvm_gc_seconds_total", "Time that garbage collections took.", "gc");
    private static final MetricFamily THREADS =
            MetricFamily.gauge(
                    "jvm_threads", "Platform threads; requests run on virtual ones and are not.");
    private static final MetricFamily DISK_FREE =
            MetricFamily.gauge("site_disk_free_bytes", "Room on the disk with the site's folder.");
    private static final MetricFamily DISK_SIZE =
            MetricFamily.gauge("site_disk_size_bytes", "How large that disk is.");

    public static final List<MetricFamily> FAMILIES =
            List.of(
                    VERSION,
                    STARTED,
                    CPU,
                    OPEN_FILES,
                    MOST_FILES,
                    MEMORY,
                    MOST_MEMORY,
                    COLLECTIONS,
                    COLLECTING,
                    THREADS,
                    DISK_FREE,
                    DISK_SIZE);

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final String version;
    private final Path site;

    /**
     * @param version the appliance's
     * @param site the folder whose disk is looked at
     */
    public ProcessMetrics(String version, Path site) {
        this.version = version;
        this.site = site;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        to.add(VERSION, 1, version, Runtime.version().toString());
        to.add(STARTED, ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        system(to);
        memory(to);
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            // Both are -1 where a collector does not tell them.
            to.add(COLLECTIONS, Math.max(0, gc.getCollectionCount()), gc.getName());
            to.add(COLLECTING, Math.max(0, gc.getCollectionTime()) / MILLIS, gc.getName());
        }
        to.add(THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        disk(to);
    }

    private static void system(Exposition to) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof OperatingSystemMXBean process) {
            to.add(CPU, Math.max(0, process.getProcessCpuTime()) / NANOS);
        }
        if (system instanceof UnixOperatingSystemMXBean unix) {
            to.add(OPEN_FILES, unix.getOpenFileDescriptorCount());
            to.add(MOST_FILES, unix.getMaxFileDescriptorCount());
        }
    }

    private static void memory(Exposition to) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        to.add(MEMORY, heap.getUsed(), "heap");
        to.add(
                MEMORY,
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(),
                "other");
        to.add(MOST_MEMORY, heap.getMax());
    }

    /** A disk that can't be asked tells nothing; that it fails shows elsewhere. */
    private void disk(Exposition to) {
        try {
            FileStore disk = Files.getFileStore(site);
            to.add(DISK_FREE, disk.getUsableSpace());
            to.add(DISK_SIZE, disk.getTotalSpace());
        } catch (IOException _) {
            return;
        }
    }
}
