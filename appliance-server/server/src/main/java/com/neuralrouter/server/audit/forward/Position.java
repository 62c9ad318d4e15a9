package com.neuralrouter.server.audit.forward;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a receiver has the log, kept over restarts: a file with one line, {@code next N}, where N
 * is the number of the first entry that the receiver is not known to have. It is replaced whole and
 * forced each time, so that it never says more than was acknowledged. Used by one thread.
 */
final class Position {
    private static final Pattern LINE = Pattern.compile("next ([0-9]{1,18})\n");

    private final Path file;

    Position(Path folder, String name) {
        this.file = folder.resolve(name + ".position");
    }

    /** Empty if there is none, or none that can be understood. */
    OptionalLong read() throws IOException {
        try {
            Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return line.matches()
                    ? OptionalLong.of(Long.parseLong(line.group(1)))
                    : OptionalLong.empty();
        } catch (NoSuchFileException _) {
            return OptionalLong.empty();
        }
    }

    /** Durable when it returns; throws {@link java.io.UncheckedIOException}. */
    void write(long next) {
        PrivateFile.replace(file, "next %d\n".formatted(next).getBytes(StandardCharsets.US_ASCII));
    }
}
