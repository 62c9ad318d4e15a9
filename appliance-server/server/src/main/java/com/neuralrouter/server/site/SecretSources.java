package com.neuralrouter.server.site;

import com.neuralrouter.server.yaml.YamlMapping;
import com.neuralrouter.server.yaml.YamlValue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what a site's file only points to: secrets from files or environment variables, and CA
 * certificates from files. No message carries what was read, or what stands where a pointer should.
 */
final class SecretSources {
    private static final int LARGEST_SECRET = 16 << 10;
    private static final int LARGEST_CERTIFICATES = 128 << 10;
    private static final String THE_TWO_WAYS =
            "a secret is never in this file; write 'secret: {file: path}' or 'secret: {env: NAME}'";

    private final Path folder;
    private final Function<String, @Nullable String> environment;

    /**
     * @param folder where relative paths start
     */
    SecretSources(Path folder, Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** The secret that {@code {file: path}} or {@code {env: NAME}} leads to. */
    Optional<String> secret(YamlValue value) {
        if (!value.isMapping()) {
            value.wrong(THE_TWO_WAYS);
            return Optional.empty();
        }
        YamlMapping source = value.mapping().orElseThrow();
        source.onlyKeys(List.of("file", "env"));
        Optional<YamlValue> file = source.value("file");
        Optional<YamlValue> variable = source.value("env");
        if (file.isPresent() == variable.isPresent()) {
            value.wrong("must name one source, a file or an environment variable; " + THE_TWO_WAYS);
            return Optional.empty();
        }
        return file.flatMap(path -> content(path, LARGEST_SECRET))
                .or(() -> variable.flatMap(this::variable))
                .flatMap(secret -> checked(value, secret));
    }

    /** PEM, written in the file itself or in the one that {@code {file: path}} leads to. */
    Optional<String> certificates(YamlValue value) {
        Optional<String> pem;
        if (value.isMapping()) {
            YamlMapping source = value.mapping().orElseThrow();
            source.onlyKeys(List.of("file"));
            pem = source.required("file").flatMap(path -> content(path, LARGEST_CERTIFICATES));
        } else {
            pem = value.text();
        }
        if (pem.isPresent() && !pem.get().contains("-----BEGIN CERTIFICATE-----")) {
            value.wrong(
                    "there is no PEM certificate in it; one begins with"
                            + " -----BEGIN CERTIFICATE-----");
            return Optional.empty();
        }
        return pem;
    }

    private Optional<String> content(YamlValue value, int largest) {
        Optional<String> path = value.text();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve(path.get());
        try {
            if (!Files.isRegularFile(file)) {
                value.wrong("there is no file " + file);
                return Optional.empty();
            }
            if (Files.size(file) > largest) {
                value.wrong(file + " is larger than " + largest + " bytes; is it the right file?");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            value.wrong(file + " can't be read as text by this user");
            return Optional.empty();
        }
    }

    private Optional<String> variable(YamlValue value) {
        Optional<String> name = value.text();
        if (name.isPresent() && environment.apply(name.get()) == null) {
            value.wrong(
                    "the environment variable "
                            + name.get()
                            + " is not set; set it and run"
                            + " the command again");
        }
        return name.flatMap(set -> Optional.ofNullable(environment.apply(set)));
    }

    /** What is sent in an HTTP header must be printable ASCII without spaces (RFC 6750, 2.1). */
    private static Optional<String> checked(YamlValue value, String raw) {
        String secret = raw.strip();
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            value.wrong(
                    "what it names is empty, or has spaces, line breaks or other characters"
                            + " that no API credential has");
            return Optional.empty();
        }
        return Optional.of(secret);
    }
}
