package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

class LoggingTest {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(lines, true, StandardCharsets.UTF_8);

    @AfterEach
    void asTheRuntimeHasIt() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    /** The first version closed the standard error stream, and a failed start said nothing. */
    @Test
    void leavesTheStreamOpenThatItWroteToBefore() {
        Logging.errorsTo(stream);

        Logging.toLines(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        stream.print("still open");

        assertThat(lines.toString(StandardCharsets.UTF_8)).isEqualTo("still open");
        assertThat(stream.checkError()).isFalse();
    }

    @Test
    void showsWhatWeSayAndOfLibrariesOnlyWarnings() {
        Logging.toLines(stream);

        System.getLogger("com.neuralrouter.server.Some").log(System.Logger.Level.INFO, "ours");
        System.getLogger("com.neuralrouter.server.Some").log(System.Logger.Level.DEBUG, "detail");
        System.getLogger("org.flywaydb.Some").log(System.Logger.Level.INFO, "chatter");
        System.getLogger("org.flywaydb.Some").log(System.Logger.Level.WARNING, "their warning");

        assertThat(lines.toString(StandardCharsets.UTF_8))
                .contains("ours", "their warning")
                .doesNotContain("detail", "chatter")
                .hasLineCount(2);
    }
}
