package com.neuralrouter.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What keeps memory from becoming a file is in every script that starts our programs: without it
 * one error of the JVM writes prompts, keys and credentials to the disk.
 */
class LaunchOptionsTest {
    private final Repository repository = Repository.find();

    @ParameterizedTest
    @ValueSource(strings = {"neural-router", "neural-router-desktop"})
    void startNothingThatDumpsItsMemory(String script) {
        String text = Repository.read(repository.resolve("installer/bin/" + script));

        assertThat(text)
                .contains("-XX:-HeapDumpOnOutOfMemoryError")
                .contains("-XX:ErrorFile=/dev/null")
                .contains("-XX:-CreateCoredumpOnCrash")
                .doesNotContain("-XX:+HeapDump")
                .doesNotContain("StartFlightRecording");
    }

    @ParameterizedTest
    @ValueSource(strings = {"neural-router"})
    void letNobodyAttachToTheServer(String script) {
        assertThat(Repository.read(repository.resolve("installer/bin/" + script)))
                .contains("-XX:+DisableAttachMechanism");
    }
}
