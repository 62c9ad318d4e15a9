package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.bootstrap.RunningAppliance;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ServeCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void aSite() throws IOException {
        Files.writeString(folder.resolve("appliance.yaml"), "name: x\n");
    }

    @Test
    void refusesAFolderThatAnotherServerRunsOn() throws IOException {
        var command = new Command();

        try (SiteLock lock = SiteLock.take(new SiteFolder(folder)).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(command.run("serve", "--site", folder)).isEqualTo(1);
        }

        assertThat(command.err())
                .startsWith("neural-router: Another server runs on " + folder)
                .hasLineCount(1);
    }

    @Test
    void aFailedStartIsOneSentenceAndFreesTheFolder() throws IOException {
        var command =
                new Command()
                        .starting((_, _, _) -> {
                            throw new CommandFailed("port 1 is in use");
                        });

        assertThat(command.run("serve", "--site", folder)).isEqualTo(1);

        assertThat(command.err()).isEqualToIgnoringNewLines("neural-router: port 1 is in use");
        assertThat(SiteLock.isTaken(new SiteFolder(folder))).isFalse();
    }

    @Test
    void anUnexpectedFailureTellsWhereItCameFromAndNotWhatItSaid() {
        var command =
                new Command()
                        .starting((_, _, _) -> {
                            throw new IllegalStateException("secret-in-a-message");
                        });

        assertThat(command.run("serve", "--site", folder)).isEqualTo(1);

        assertThat(command.err())
                .contains("java.lang.IllegalStateException at ")
                .doesNotContain("secret-in-a-message")
                .hasLineCount(1);
    }

    @Test
    void announcesThePortsItGotToOtherCommands() throws Exception {
        var appliance = new EndlessAppliance();
        var command = new Command().starting((_, _, _) -> appliance);
        Thread serving = Thread.ofPlatform().start(() -> command.run("serve", "--site", folder));

        SiteLock.Running running = Awaiting.value(() -> SiteLock.running(new SiteFolder(folder)));
        serving.interrupt();
        serving.join();

        assertThat(running)
                .isEqualTo(new SiteLock.Running(ProcessHandle.current().pid(), 11, 22, 33));
        assertThat(appliance.closed).isTrue();
    }

    private static final class EndlessAppliance implements RunningAppliance {
        private volatile boolean closed;

        @Override
        public int inferencePort() {
            return 11;
        }

        @Override
        public int adminPort() {
            return 22;
        }

        @Override
        public int enrolmentPort() {
            return 33;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
