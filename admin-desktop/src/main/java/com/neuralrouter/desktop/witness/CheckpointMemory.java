package com.neuralrouter.desktop.witness;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest checkpoint of one log that was ever accepted, and the log's keys, in the file {@code
 * checkpoint}: a line that names the form, when the keys were pinned, a line per key, an empty line
 * and the signed note. It is replaced whole or not at all, and read anew each time, so that two
 * windows on one device remember the same.
 */
final class CheckpointMemory {
    private static final String FORM = "neural-router witness v1";
    private static final String PINNED = "pinned ";
    private static final String KEY = "key ";

    private final Path file;

    CheckpointMemory(Path folder) {
        file = folder.resolve("checkpoint");
    }

    /** The file is not what this class wrote. */
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged() {
            super("The witness's memory is damaged.", null, false, false);
        }
    }

    /** What is remembered; empty if nothing is. Throws {@link Damaged}. */
    Optional<Remembered> read() {
        Optional<String> text = text();
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
    }

    /** The file as it is, as evidence when it is damaged. */
    Optional<String> text() {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException nothingRememberedYet) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Remembers that instead.
     *
     * @param before what was read before deciding
     * @return whether it was done; not if another window has remembered something since
     */
    boolean replace(Optional<Remembered> before, Remembered next) {
        if (!text().equals(before.map(CheckpointMemory::write))) {
            return false;
        }
        put(next);
        return true;
    }

    /** Remembers that whatever is there: an alarm was acknowledged. */
    void put(Remembered next) {
        PrivateFile.replace(file, write(next).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Remembers nothing any more: what is there is damaged, and in the evidence. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the UTF-8 text, one per character. */
    private static String write(Remembered remembered) {
        var text = new StringBuilder(FORM).append('\n');
        text.append(PINNED).append(remembered.pinnedAt()).append('\n');
        remembered.keyTexts().forEach(key -> text.append(KEY).append(key).append('\n'));
        text.append('\n').append(remembered.note());
        return new String(
                text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Remembered parse(String bytes) {
        var text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        List<String> lines =
                end < 0 ? List.of() : new ArrayList<>(List.of(text.substring(0, end).split("\n")));
        if (lines.size() < 3 || !lines.get(0).equals(FORM) || !lines.get(1).startsWith(PINNED)) {
            throw new Damaged();
        }
        try {
            var remembered =
                    new Remembered(
                            Instant.parse(lines.get(1).substring(PINNED.length())),
                            lines.subList(2, lines.size()).stream()
                                    .map(CheckpointMemory::key)
                                    .toList(),
                            SignedNote.parse(text.substring(end + 2)));
            if (!write(remembered).equals(bytes)) {
                throw new Damaged();
            }
            return remembered;
        } catch (MalformedNote | IllegalArgumentException | DateTimeException e) {
            throw new Damaged();
        }
    }

    private static NoteVerifier key(String line) {
        if (!line.startsWith(KEY)) {
            throw new Damaged();
        }
        return NoteVerifier.parse(line.substring(KEY.length()));
    }
}
