package com.neuralrouter.server.backup;

import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.audit.log.FilePart;
import com.neuralrouter.server.backup.BackupRefused.Reason;
import com.neuralrouter.server.integrity.Seen;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes backups of a site, also while it changes: all rows are read in one transaction, and so are
 * of one moment. Safe for all threads, but for one backup at a time in a folder.
 */
public final class BackupMaker {
    private final Identity identity;
    private final Database database;
    private final Path site;
    private final BackupKeys keys;
    private final SiteIntegrity integrity;
    private final Supplier<List<FilePart>> log;
    private final SecureRandom random;
    private final Clock clock;
    private final DumpStore store = new DumpStore();

    /** What a backup's header says of the site besides what is in its store. */
    public record Identity(String site, String productVersion) {}

    /** A backup that was made, read back and found whole. */
    public record Made(Path path, BackupHeader header, Manifest manifest, long bytes) {}

    /** What may take something on its way to the disk; a test lets it run full. */
    interface Disk {
        OutputStream through(OutputStream out);
    }

    /**
     * @param log the audit log's files, as far as they are durable when it is asked
     */
    public BackupMaker(
            Identity identity,
            Database database,
            Path site,
            BackupKeys keys,
            SiteIntegrity integrity,
            Supplier<List<FilePart>> log,
            SecureRandom random,
            Clock clock) {
        this.identity = identity;
        this.database = database;
        this.site = site;
        this.keys = keys;
        this.integrity = integrity;
        this.log = log;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a backup of the folder's kind. Throws {@link IOException} when it can't be written,
     * {@link BackupRefused} when it can't be read back, {@link
     * com.neuralrouter.server.integrity.StoreTampered} when a row is not one that the appliance
     * wrote, because a restore would sign it anew, and {@link
     * com.neuralrouter.server.store.StoreFailure}; there is no new file then.
     */
    public Made make(BackupFolder folder) throws IOException {
        return make(folder, out -> out);
    }

    Made make(BackupFolder folder, Disk disk) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        BackupKind kind = folder.kind();
        var written = new Manifest[1];
        try (StreamKey key = keys.key(kind)) {
            Path path =
                    folder.add(
                            BackupFolder.name(kind, now),
                            channel -> written[0] = write(channel, key, kind, now, disk),
                            part -> readBack(part, key, written[0]));
            BackupFile file = BackupFile.open(path);
            return new Made(path, file.header(), written[0], file.length());
        }
    }

    private Manifest write(
            FileChannel channel, StreamKey key, BackupKind kind, Instant at, Disk disk)
            throws IOException {
        Seen seen = integrity.seen();
        try {
            return database.read(tx -> {
                integrity.verifyAll(tx, seen);
                try {
                    return write(tx, channel, key, header(tx, key, kind, at), disk);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private Manifest write(
            Tx tx, FileChannel channel, StreamKey key, BackupHeader header, Disk disk)
            throws IOException {
        var manifest = new Manifest[1];
        BackupFile.write(
                channel,
                header,
                key,
                random,
                out -> {
                    OutputStream through = disk.through(out);
                    manifest[0] =
                            switch (header.kind()) {
                                case DATA -> Dump.ofData(tx, SiteFiles.of(site), log, through);
                                case KEYS -> Dump.ofKeys(tx, through);
                            };
                });
        return manifest[0];
    }

    private BackupHeader header(Tx tx, StreamKey key, BackupKind kind, Instant at) {
        byte @Nullable [] vault = kind == BackupKind.KEYS ? keys.vaultFile() : null;
        return new BackupHeader(
                kind,
                new SiteStore().installation(tx).orElseThrow(),
                identity.site(),
                identity.productVersion(),
                store.schemaVersion(tx),
                at,
                HexFormat.of().formatHex(key.checkValue()),
                vault);
    }

    private static void readBack(Path part, StreamKey key, Manifest written) throws IOException {
        BackupFile file = BackupFile.open(part);
        if (!verify(file, key).equals(written)) {
            throw file.refused(Reason.UNSOUND, "what was read back is not what was written");
        }
    }

    /**
     * Reads the whole of a backup and checks it against its manifest. Throws {@link BackupRefused}.
     */
    public static Manifest verify(BackupFile file, StreamKey key) throws IOException {
        try {
            return file.read(key, in -> Content.read(in, Content.NOBODY));
        } catch (Content.Unsound unsound) {
            throw file.refused(Reason.UNSOUND, String.valueOf(unsound.getMessage()));
        }
    }
}
