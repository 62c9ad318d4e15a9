package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keeps the default file, the reference page and {@link ApplianceConfig} in step: a key that is
 * added in one place only fails here.
 */
class ConfigFileTest {
    private static final Path REFERENCE =
            Path.of("..", "..", "docs", "reference", "configuration.md");

    @Test
    void theDefaultFileReadsBackToTheDefaults() {
        ApplianceConfig config =
                ApplianceConfigReader.read("appliance.yaml", ConfigFile.text(Map.of()));

        assertThat(config).isEqualTo(ApplianceConfigReader.read("empty.yaml", "{}"));
    }

    @Test
    void whatInitSetsReadsBack() {
        String text =
                ConfigFile.text(
                        Map.of(
                                "name", "a \"quoted\" \\ name: # here",
                                "listeners.admin.port", "19443"));

        ApplianceConfig config = ApplianceConfigReader.read("appliance.yaml", text);

        assertThat(config.name()).isEqualTo("a \"quoted\" \\ name: # here");
        assertThat(config.listeners().admin().port()).isEqualTo(19443);
        assertThatThrownBy(() -> ConfigFile.text(Map.of("nam", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyComponentOfTheConfigurationIsAKey() {
        assertThat(ConfigKeys.ALL.stream().map(ConfigKey::path))
                .containsExactlyInAnyOrderElementsOf(paths("", ApplianceConfig.class).toList());
    }

    @Test
    void everyKeyStandsInTheDefaultFileUnderItsComment() {
        String file = ConfigFile.text(Map.of());

        for (ConfigKey key : ConfigKeys.ALL) {
            assertThat(file).contains(key.name() + ": ").contains("default " + key.standard());
        }
    }

    @Test
    void theReferencePageIsTheOneThatTheKeysMake() throws IOException {
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(REFERENCE.getParent());
            Files.writeString(REFERENCE, ConfigFile.reference());
        }

        assertThat(Files.readString(REFERENCE))
                .as("%s; run mvn test -Dgolden.update -Dtest=ConfigFileTest", REFERENCE)
                .isEqualTo(ConfigFile.reference());
    }

    private static Stream<String> paths(String prefix, Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap(component -> pathsOf(prefix, component));
    }

    private static Stream<String> pathsOf(String prefix, RecordComponent component) {
        String path =
                prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return component.getType().isRecord()
                ? paths(path + ".", component.getType())
                : Stream.of(path);
    }
}
