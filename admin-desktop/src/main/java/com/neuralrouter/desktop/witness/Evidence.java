package com.neuralrouter.desktop.witness;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An alarm's two sides as a ZIP archive for whoever investigates: what was remembered, what was
 * shown, the keys of each, the proof, and a text that says what they are. Needs nothing of ours to
 * be read: the notes are C2SP signed notes.
 */
public final class Evidence {
    private Evidence() {}

    /**
     * Where it was saved.
     *
     * @param sha256 of the file, in hex
     */
    public record Saved(Path file, String sha256) {}

    /** The name that is suggested for the file. */
    public static String fileName(Alarm alarm) {
        return "audit-log-alarm-" + alarm.id() + ".zip";
    }

    /** Writes it, in place of what is there. */
    static Saved save(Alarm alarm, String witness, Path file) {
        byte[] bytes = bytes(alarm, witness);
        PrivateFile.replace(file, bytes);
        return new Saved(file, sha256(bytes));
    }

    static byte[] bytes(Alarm alarm, String witness) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, alarm, "README.txt", readme(alarm));
            put(zip, alarm, "remembered.note", alarm.held().note());
            put(zip, alarm, "remembered.keys", String.join("\n", alarm.held().keys()) + "\n");
            put(zip, alarm, "shown.note", alarm.shown().note());
            put(zip, alarm, "shown.keys", String.join("\n", alarm.shown().keys()) + "\n");
            put(zip, alarm, "consistency-proof", String.join("\n", alarm.proof()) + "\n");
            put(zip, alarm, "witness.vkey", witness + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, Alarm alarm, String name, String text)
            throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(alarm.at().toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String readme(Alarm alarm) {
        return """
        Evidence of an alarm about an audit log
        kind: %s
        raised: %s

        remembered.note    the newest checkpoint that the witness had accepted before
        remembered.keys    the log's verifier keys that it had pinned
        shown.note         what the appliance showed when the alarm was raised
        shown.keys         the verifier keys that the appliance showed with it
        consistency-proof  the hashes (Base64) that were to prove that the log only grew; may be empty
        witness.vkey       verifies the witness's own signature in remembered.note

        The notes are C2SP signed notes (c2sp.org/signed-note) over tree heads (c2sp.org/tlog-checkpoint).
        Any verifier of that format reads them, for one Go's golang.org/x/mod/sumdb/note and tlog. If both
        notes verify by the same key and no consistency proof (RFC 9162, 2.1.4) leads from the smaller to
        the larger, the log's own signatures prove that it showed two histories.
        """
                .formatted(alarm.kind().wire(), alarm.at());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
