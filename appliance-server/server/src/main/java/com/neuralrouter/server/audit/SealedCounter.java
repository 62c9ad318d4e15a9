package com.neuralrouter.server.audit;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.server.audit.log.AuditLogDamaged;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.TreeProofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Remembers, on another disk than the site's, how far the audit log had come: a copy of the whole
 * machine that is put back does not bring this file with it, and is noticed at its start. The file
 * has the three lines of a checkpoint and an HMAC-SHA256 over them under a key of the vault. Used
 * by one thread at a time.
 */
public final class SealedCounter {
    private final Path file;
    private final MacKey key;
    private final EntryLog log;
    private long written = -1;

    /** The caller goes on owning the key. */
    public SealedCounter(Path file, MacKey key, EntryLog log) {
        this.file = file;
        this.key = key;
        this.log = log;
    }

    /**
     * To be called once, when the log was opened. Throws {@link AuditLogDamaged} when the log is
     * shorter than it was, or another one, or when the file was altered.
     *
     * @return whether the file was there
     */
    public boolean demandNotPutBack() {
        if (!Files.exists(file)) {
            return false;
        }
        Checkpoint counted = read();
        Checkpoint now = log.tree();
        boolean ours =
                counted.origin().equals(now.origin())
                        && counted.size() <= now.size()
                        && Arrays.equals(
                                counted.root(), TreeProofs.root(log.hashes(), counted.size()));
        if (!ours) {
            throw new AuditLogDamaged(
                    "entries",
                    "was put back: it ends after "
                            + now.size()
                            + " entries, but "
                            + file
                            + " has counted "
                            + counted.size()
                            + " (if you have restored a backup on purpose, move that file away)");
        }
        written = counted.size();
        return true;
    }

    private Checkpoint read() {
        try {
            String text = Files.readString(file);
            int end = text.lastIndexOf('\n', text.length() - 2) + 1;
            String counted = text.substring(0, end);
            byte[] code = HexFormat.of().parseHex(text.substring(end).strip());
            if (MessageDigest.isEqual(code, code(counted))) {
                return Checkpoint.parse(counted);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (IllegalArgumentException | MalformedNote notOurs) {
            // Told below, like a code that is wrong.
        }
        throw new AuditLogDamaged("the counter " + file, "was altered");
    }

    /** Writes how far the log is by now, durably, unless that is what it says already. */
    public void count() {
        Checkpoint now = log.tree();
        if (now.size() != written) {
            String text = now.text();
            String line = HexFormat.of().formatHex(code(text)) + "\n";
            PrivateFile.replace(file, (text + line).getBytes(StandardCharsets.UTF_8));
            written = now.size();
        }
    }

    private byte[] code(String text) {
        MacKey.Computation code = key.computation();
        code.update(text.getBytes(StandardCharsets.UTF_8));
        return code.end();
    }
}
