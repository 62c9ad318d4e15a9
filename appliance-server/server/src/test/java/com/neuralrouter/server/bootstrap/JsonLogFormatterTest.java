package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;

class JsonLogFormatterTest {

    @Test
    void aRecordIsOneLineOfJson() {
        var record = new LogRecord(Level.WARNING, "a \"quoted\"\nline key={0}");
        record.setLoggerName("com.neuralrouter.server.Some");
        record.setInstant(Instant.parse("2026-11-23T10:00:00Z"));
        record.setParameters(new Object[] {"value"});

        String line = new JsonLogFormatter().format(record);

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.get("at").asString()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(json.get("level").asString()).isEqualTo("WARNING");
        assertThat(json.get("logger").asString()).isEqualTo("com.neuralrouter.server.Some");
        assertThat(json.get("message").asString()).isEqualTo("a \"quoted\"\nline key=value");
    }

    @Test
    void ofAThrowableTheMessageIsLeftOut() {
        var record = new LogRecord(Level.SEVERE, "it failed");
        record.setThrown(
                new IllegalStateException("outer-secret", new RuntimeException("inner-secret")));

        String line = new JsonLogFormatter().format(record);

        assertThat(line)
                .contains("java.lang.IllegalStateException < ")
                .contains("caused by java.lang.RuntimeException")
                .contains("JsonLogFormatterTest")
                .doesNotContain("secret");
    }

    @Test
    void aSentenceThatIsNoPatternIsKept() {
        var record = new LogRecord(Level.FINE, "a { brace");
        record.setParameters(new Object[] {"value"});

        assertThat(new JsonLogFormatter().format(record))
                .contains("a { brace")
                .contains("\"level\":\"DEBUG\"");
    }
}
