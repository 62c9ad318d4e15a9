package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The golden wire messages: what the server writes is what lies in the contract's {@code
 * src/test/resources/wire}, which the desktop's tests read, so that a renamed field breaks both
 * builds. Run with {@code -Dgolden.update} to write them anew, and look at the difference.
 */
class WireMessagesTest {
    private static final Path CONTRACT =
            Path.of(System.getProperty("basedir", "."), "..", "contract").normalize();
    private static final Path FOLDER =
            CONTRACT.resolve(Path.of("src", "test", "resources", "wire"));
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** These go over the wire inside others. */
    private static final Set<String> PARTS =
            Set.of(
                    "FieldError",
                    "ServiceDocument",
                    "ApiKeyDocument",
                    "BudgetDocument",
                    "CredentialDocument",
                    "LimitsDocument",
                    "TestRequestDocument");

    @TestFactory
    Stream<DynamicTest> writesWhatIsAgreed() {
        return WireMessages.all().entrySet().stream()
                .map(message ->
                        DynamicTest.dynamicTest(
                                message.getKey(),
                                () -> compare(message.getKey(), message.getValue())));
    }

    private static void compare(String name, Object message) throws IOException {
        String written =
                PRETTY.writeValueAsString(PRETTY.readTree(AdminJson.write(message)))
                                .replace("\r\n", "\n")
                        + "\n";
        Path file = FOLDER.resolve(name + ".json");
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, written);
        }
        assertThat(written).as("%s; see -Dgolden.update", file).isEqualTo(Files.readString(file));
    }

    @TestFactory
    Stream<DynamicTest> readsWhatIsAgreed() {
        return WireMessages.all().entrySet().stream()
                .filter(message -> !message.getKey().startsWith("Page"))
                .map(message ->
                        DynamicTest.dynamicTest(
                                message.getKey(),
                                () ->
                                        assertThat(
                                                        AdminJson.read(
                                                                AdminJson.write(message.getValue()),
                                                                message.getValue().getClass()))
                                                .isEqualTo(message.getValue())));
    }

    @Test
    void knowsEveryRecordOfTheContract() throws IOException {
        Set<String> known =
                WireMessages.all().values().stream()
                        .map(message -> message.getClass().getSimpleName())
                        .collect(Collectors.toSet());

        assertThat(records()).isNotEmpty().allMatch(known::contains);
    }

    private static List<String> records() throws IOException {
        Path sources =
                CONTRACT.resolve(Path.of("src", "main", "java", "com", "neuralrouter", "contract"));
        try (Stream<Path> files = Files.list(sources)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.endsWith("Id") && !PARTS.contains(name))
                    .filter(name -> isRecord(sources.resolve(name + ".java"), name))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isRecord(Path file, String name) {
        try {
            return Files.readString(file).contains("public record " + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
