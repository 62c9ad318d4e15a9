package com.neuralrouter.server.backup;

import com.neuralrouter.server.backup.BackupRefused.Reason;
import com.neuralrouter.server.secret.SegmentedInput;
import com.neuralrouter.server.secret.SegmentedOutput;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.secret.StreamRefused;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A backup as a file. {@code docs/reference/backup-format.md} has the form for readers of their
 * own; numbers are big-endian:
 *
 * <pre>
 * head      8  "NRBACKUP"
 *           2  format, now 1
 *           4  length of the facts
 *           n  the facts, a {@link BackupHeader} as JSON
 * seal      8  length of the whole file; 0 until it is finished
 *          32  SHA-256 of the head and that length
 * stream       {@link SegmentedOutput}; its associated data is the head
 * </pre>
 *
 * The seal protects from nobody: by it an accident is told from an attack, and a short file from an
 * altered one, before any key is there. What it says is decided again by the stream's segments. For
 * one thread.
 */
public final class BackupFile {
    private static final byte[] MAGIC = "NRBACKUP".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int FIXED_BYTES = 14;
    private static final int SEAL_BYTES = 40;
    private static final int MOST_FACTS = 4 << 20;
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path path;
    private final byte[] head;
    private final BackupHeader header;
    private final long length;

    private BackupFile(Path path, byte[] head, BackupHeader header, long length) {
        this.path = path;
        this.head = head;
        this.header = header;
        this.length = length;
    }

    /** Writes what is in a backup. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a whole backup to an empty channel, which stays open, and forces it to the disk. */
    static void write(
            FileChannel channel,
            BackupHeader header,
            StreamKey key,
            SecureRandom random,
            Content content)
            throws IOException {
        byte[] head = head(header);
        writeAll(channel, ByteBuffer.wrap(head), 0);
        channel.position(head.length + SEAL_BYTES);
        var unclosed = new Unclosed(Channels.newOutputStream(channel));
        try (SegmentedOutput out = key.seal(unclosed, head, random)) {
            content.writeTo(out);
            out.finish();
        }
        channel.force(true);
        writeAll(channel, ByteBuffer.wrap(seal(head, channel.position())), head.length);
        channel.force(true);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at)
            throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    private static byte[] head(BackupHeader header) {
        byte[] facts = JSON.writeValueAsBytes(header);
        return ByteBuffer.allocate(FIXED_BYTES + facts.length)
                .put(MAGIC)
                .putShort((short) FORMAT)
                .putInt(facts.length)
                .put(facts)
                .array();
    }

    private static byte[] seal(byte[] head, long length) {
        byte[] written = ByteBuffer.allocate(Long.BYTES).putLong(length).array();
        MessageDigest digest = sha256();
        digest.update(head);
        digest.update(written);
        return ByteBuffer.allocate(SEAL_BYTES).put(written).put(digest.digest()).array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("SHA-256 can't be used", failure);
        }
    }

    /**
     * Reads the head. Throws {@link BackupRefused} when it is no backup's or the file is not as
     * long as it was, and {@link IOException} when the file can't be read.
     */
    public static BackupFile open(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            byte[] fixed = in.readNBytes(FIXED_BYTES);
            if (!Arrays.equals(fixed, 0, Math.min(8, fixed.length), MAGIC, 0, 8)) {
                throw refused(path, Reason.NOT_A_BACKUP, "it does not begin as one");
            }
            if (fixed.length < FIXED_BYTES) {
                throw refused(path, Reason.TRUNCATED, "only " + fixed.length + " bytes are there");
            }
            var numbers = ByteBuffer.wrap(fixed).position(MAGIC.length);
            int format = Short.toUnsignedInt(numbers.getShort());
            int facts = numbers.getInt();
            if (format != FORMAT) {
                throw refused(
                        path,
                        Reason.NEWER_FORMAT,
                        "its format is " + format + " and this version reads " + FORMAT);
            }
            if (facts < 2 || facts > MOST_FACTS) {
                throw refused(path, Reason.ALTERED, "its head was altered");
            }
            byte[] head = Arrays.copyOf(fixed, FIXED_BYTES + facts);
            int read = in.readNBytes(head, FIXED_BYTES, facts);
            byte[] seal = in.readNBytes(SEAL_BYTES);
            if (read < facts || seal.length < SEAL_BYTES) {
                throw refused(path, Reason.TRUNCATED, "its head is not all there");
            }
            checkSeal(path, head, seal);
            return new BackupFile(path, head, facts(path, head), Files.size(path));
        }
    }

    private static void checkSeal(Path path, byte[] head, byte[] seal) throws IOException {
        if (Arrays.equals(seal, new byte[SEAL_BYTES])) {
            throw refused(path, Reason.UNFINISHED, "its writing never came to an end");
        }
        long written = ByteBuffer.wrap(seal).getLong();
        if (!MessageDigest.isEqual(seal, seal(head, written))) {
            throw refused(path, Reason.ALTERED, "its head was altered");
        }
        long there = Files.size(path);
        if (there < written) {
            throw refused(
                    path, Reason.TRUNCATED, "it has " + there + " of its " + written + " bytes");
        }
        if (there > written) {
            throw refused(
                    path,
                    Reason.TRAILING_BYTES,
                    (there - written) + " bytes follow its end at byte " + written);
        }
    }

    private static BackupHeader facts(Path path, byte[] head) {
        try {
            return JSON.readValue(head, FIXED_BYTES, head.length - FIXED_BYTES, BackupHeader.class);
        } catch (JacksonException | IllegalArgumentException _) {
            throw refused(path, Reason.UNSOUND, "its head says nothing that this version knows");
        }
    }

    private static BackupRefused refused(Path path, Reason reason, String why) {
        String what =
                reason == Reason.NOT_A_BACKUP || reason == Reason.NEWER_FORMAT
                        ? " is no backup that can be read: "
                        : " can't be used: ";
        return new BackupRefused(reason, path + what + why + ".");
    }

    BackupRefused refused(Reason reason, String why) {
        return refused(path, reason, why);
    }

    public Path path() {
        return path;
    }

    /** Not authentic before something of the content was read. */
    public BackupHeader header() {
        return header;
    }

    /** Of the whole file, in bytes. */
    public long length() {
        return length;
    }

    /** Throws {@link BackupRefused} when it is of the other kind. */
    public void demand(BackupKind kind) {
        if (header.kind() != kind) {
            throw refused(
                    Reason.OTHER_KIND,
                    "it is a backup of the "
                            + header.kind().word()
                            + ", and one of the "
                            + kind.word()
                            + " is needed");
        }
    }

    /** Throws {@link BackupRefused} when it is another site's. */
    public void demandSite(UUID installation) {
        if (!header.installation().equals(installation)) {
            throw refused(
                    Reason.FOREIGN,
                    "it is another site's, "
                            + header.site()
                            + " ("
                            + header.installation()
                            + "), and this site is "
                            + installation);
        }
    }

    /** Reads what is in a backup, to its end. */
    interface Reader<T> {
        T read(InputStream content) throws IOException;
    }

    /**
     * Opens the content and has it read. Each byte that the reader sees is authentic; it returns
     * only when the whole is. Throws {@link BackupRefused}.
     */
    <T> T read(StreamKey key, Reader<T> reader) throws IOException {
        byte[] expected = HexFormat.of().parseHex(header.keyCheck());
        if (!MessageDigest.isEqual(expected, key.checkValue())) {
            throw refused(
                    Reason.OTHER_KEY,
                    "it is sealed under the key with check value "
                            + header.keyCheck()
                            + ", and the one at hand has "
                            + HexFormat.of().formatHex(key.checkValue()));
        }
        try (InputStream file = Files.newInputStream(path)) {
            file.skipNBytes(head.length + SEAL_BYTES);
            try (SegmentedInput in = key.open(file, head)) {
                T result = reader.read(in);
                in.transferTo(OutputStream.nullOutputStream());
                return result;
            }
        } catch (StreamRefused refused) {
            throw refused(reason(refused), String.valueOf(refused.getMessage()));
        }
    }

    private static Reason reason(StreamRefused refused) {
        return switch (refused.fault()) {
            case TRUNCATED -> Reason.TRUNCATED;
            case CONTINUED -> Reason.TRAILING_BYTES;
            case MISPLACED -> Reason.REORDERED;
            case ALTERED -> Reason.ALTERED;
        };
    }

    /** The channel's owner closes it. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream to;

        Unclosed(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int value) throws IOException {
            to.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
        }
    }
}
