package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SiteLockTest {
    private static final SiteLock.Running RUNNING = new SiteLock.Running(4711, 8443, 9443, 9444);

    @TempDir private Path folder;

    @Test
    void aSecondServerDoesNotGetTheLock() throws IOException {
        var site = new SiteFolder(folder);

        try (SiteLock first = SiteLock.take(site).orElseThrow()) {
            assertThat(SiteLock.take(site)).isEmpty();
            assertThat(SiteLock.isTaken(site)).isTrue();
            assertThat(first).isNotNull();
        }

        assertThat(SiteLock.isTaken(site)).isFalse();
        SiteLock.take(site).orElseThrow().close();
    }

    @Test
    void tellsWhereTheRunningServerIs() throws IOException {
        var site = new SiteFolder(folder);

        try (SiteLock lock = SiteLock.take(site).orElseThrow()) {
            assertThat(SiteLock.running(site)).as("while it starts").isEmpty();
            lock.announce(RUNNING);
            assertThat(SiteLock.running(site)).contains(RUNNING);
        }

        assertThat(SiteLock.running(site)).as("after it ended").isEmpty();
    }

    @Test
    void doesNotBelieveWhatADeadServerLeft() throws IOException {
        var site = new SiteFolder(folder);
        Files.createDirectories(site.lock().resolveSibling(""));
        Files.writeString(site.lock(), "pid=1\ninference=1\nadmin=2\nenrolment=3\n");

        assertThat(SiteLock.running(site)).isEmpty();
    }

    @Test
    void aFolderWhereNoServerEverRanHasNone() throws IOException {
        assertThat(SiteLock.running(new SiteFolder(folder))).isEmpty();
    }
}
