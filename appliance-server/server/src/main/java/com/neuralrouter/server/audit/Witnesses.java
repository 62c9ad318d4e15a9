package com.neuralrouter.server.audit;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteSignature;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TreeProofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Who else has seen the log, and how far: for each witness the newest checkpoint that it has
 * signed, in a file of its own, {@code audit/witnesses/<device>.note}, whose first line is the
 * witness's key. The first key that a device shows is its key for good: another one is refused, and
 * so is a checkpoint that the log never had. Safe for all threads.
 */
public final class Witnesses {
    private static final String SUFFIX = ".note";

    private final Path folder;
    private final EntryLog log;
    private final ReentrantLock writing = new ReentrantLock();

    /** What a witness says can't be taken; the message says why. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * What a witness has signed last.
     *
     * @param witness the device's id
     */
    public record Seen(UUID witness, NoteVerifier key, SignedNote note) {

        /** How long the log was. */
        public long size() {
            return Checkpoint.parse(note.text()).size();
        }
    }

    public Witnesses(Path folder, EntryLog log) {
        this.folder = folder;
        this.log = log;
    }

    /**
     * Takes what a witness has signed. Throws {@link Refused} when it is no signature of this
     * witness over a checkpoint of this log, or over an older one than before.
     */
    public void take(UUID witness, String key, String note) {
        NoteVerifier verifier;
        SignedNote signed;
        try {
            verifier = NoteVerifier.parse(key);
            signed = SignedNote.parse(note);
            demandOurs(Checkpoint.parse(signed.text()));
        } catch (MalformedNote malformed) {
            throw new Refused(String.valueOf(malformed.getMessage()));
        }
        if (!signed.isSignedBy(verifier)) {
            throw new Refused("The note has no good signature by that key.");
        }
        List<NoteSignature> own = signed.signatures().stream().filter(verifier::isNamedBy).toList();
        keep(new Seen(witness, verifier, new SignedNote(signed.text(), own)));
    }

    private void demandOurs(Checkpoint checkpoint) {
        Checkpoint now = log.tree();
        boolean ours =
                checkpoint.origin().equals(now.origin())
                        && checkpoint.size() <= now.size()
                        && Arrays.equals(
                                checkpoint.root(),
                                TreeProofs.root(log.hashes(), checkpoint.size()));
        if (!ours) {
            throw new Refused(
                    "The log never had that checkpoint. If the witness has seen it, the log was"
                            + " put back or forked.");
        }
    }

    private void keep(Seen seen) {
        writing.lock();
        try {
            Path file = folder.resolve(seen.witness() + SUFFIX);
            if (Files.exists(file)) {
                demandNewer(read(file), seen);
            }
            PrivateFile.folder(folder);
            PrivateFile.replace(
                    file, (seen.key() + "\n" + seen.note()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            writing.unlock();
        }
    }

    private static void demandNewer(Seen before, Seen now) {
        if (!before.key().equals(now.key())) {
            throw new Refused("This witness has shown another key before.");
        }
        if (now.size() < before.size()) {
            throw new Refused("This witness has signed a longer log before.");
        }
    }

    /** Everybody's newest. Throws {@link UncheckedIOException}. */
    public List<Seen> all() {
        var all = new ArrayList<Seen>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(SUFFIX)).sorted().toList()) {
                    all.add(read(file));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return all;
    }

    private static Seen read(Path file) throws IOException {
        String text = Files.readString(file);
        int line = text.indexOf('\n');
        String name = String.valueOf(file.getFileName());
        return new Seen(
                UUID.fromString(name.substring(0, name.length() - SUFFIX.length())),
                NoteVerifier.parse(text.substring(0, line)),
                SignedNote.parse(text.substring(line + 1)));
    }
}
