package com.neuralrouter.server.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A catalogue and its signature, as commands name them. */
final class CatalogueFiles {
    private static final int LONGEST = 4 << 20;

    @SuppressWarnings("NullAway.Init") // Picocli sets it before it calls anything.
    @Parameters(paramLabel = "FILE", description = "The catalogue.")
    private Path file;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "Its signature; without it, the catalogue's name with '.sig'.")
    private @Nullable Path signature;

    Path name() {
        return file;
    }

    boolean namesSignature() {
        return signature != null;
    }

    /** Throws {@link CommandFailed}. */
    String document() {
        return text(file);
    }

    /** Throws {@link CommandFailed}. */
    String signature() {
        return text(signature == null
                        ? file.resolveSibling(file.getFileName() + ".sig")
                        : signature)
                .strip();
    }

    private static String text(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw new CommandFailed(path + " is too large for what it should be.");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new CommandFailed(FileFailure.sentence(failure));
        }
    }
}
