package com.neuralrouter.desktop.witness;

import com.neuralrouter.certs.trust.PrivateFile;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Alarms on disk: {@code alarms/<id>.alarm} with both notes, kept for good, and {@code <id>.seen}
 * once somebody has acknowledged it. An alarm stands while the second is missing, or is no
 * acknowledgement; so does one that can't be read.
 */
final class AlarmFiles {
    private static final String ALARM = ".alarm";
    private static final String SEEN = ".seen";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    AlarmFiles(Path folder) {
        this.folder = folder.resolve("alarms");
    }

    /** The oldest that stands. */
    Optional<Alarm> standing() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ALARM))
                    .map(name -> name.substring(0, name.length() - ALARM.length()))
                    .sorted()
                    .filter(id -> !isAcknowledged(id))
                    .map(this::read)
                    .findFirst();
        } catch (NoSuchFileException noneYet) {
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.of(damaged("unreadable", String.valueOf(e.getMessage())));
        }
    }

    /** Keeps it; the same one twice is one. */
    void keep(Alarm alarm) {
        PrivateFile.folder(folder);
        PrivateFile.replace(folder.resolve(alarm.id() + ALARM), JSON.writeValueAsBytes(alarm));
    }

    /** Ends it. */
    void acknowledge(Alarm alarm, Acknowledgement acknowledgement) {
        PrivateFile.folder(folder);
        PrivateFile.replace(
                folder.resolve(alarm.id() + SEEN), JSON.writeValueAsBytes(acknowledgement));
    }

    /** An id for a new one. */
    String newId(Instant at, Alarm.Kind kind) {
        var base = at.toString().replaceAll("[^0-9TZ]", "") + "-" + kind.wire();
        var id = base;
        for (int i = 2; Files.exists(folder.resolve(id + ALARM)); i++) {
            id = base + "-" + i;
        }
        return id;
    }

    private boolean isAcknowledged(String id) {
        var file = folder.resolve(id + SEEN);
        try {
            return Files.exists(file)
                    && !JSON.readValue(Files.readAllBytes(file), Acknowledgement.class)
                            .sentence()
                            .isBlank();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException notOne) {
            return false;
        }
    }

    private Alarm read(String id) {
        var file = folder.resolve(id + ALARM);
        byte[] bytes = new byte[0];
        try {
            bytes = Files.readAllBytes(file);
            var alarm = JSON.readValue(bytes, Alarm.class);
            return new Alarm(
                    id, alarm.kind(), alarm.at(), alarm.held(), alarm.shown(), alarm.proof());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException notOne) {
            return damaged(id, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static Alarm damaged(String id, String text) {
        return new Alarm(
                id,
                Alarm.Kind.MEMORY_DAMAGED,
                Instant.EPOCH,
                new Alarm.Side(text, List.of()),
                Alarm.Side.NOTHING,
                List.of());
    }
}
