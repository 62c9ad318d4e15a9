package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code checkpoint}: the newest signed checkpoint (C2SP tlog-checkpoint), replaced as a
 * whole. Used by one thread at a time.
 */
final class CheckpointFile {
    static final String NAME = "checkpoint";
    private static final String BESIDE = "checkpoint.new";
    private static final int LARGEST = 1 << 20;

    private final LogFolder folder;

    CheckpointFile(LogFolder folder) {
        this.folder = folder;
    }

    /** Empty if there is none. Throws {@link AuditLogDamaged} unless all of these signed it. */
    Optional<SignedNote> read(String origin, List<NoteVerifier> verifiers) {
        try {
            return folder.exists(NAME)
                    ? Optional.of(verified(origin, verifiers))
                    : Optional.empty();
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(NAME, failure);
        }
    }

    private SignedNote verified(String origin, List<NoteVerifier> verifiers) throws IOException {
        byte[] bytes = content();
        try {
            SignedNote note = SignedNote.parse(bytes);
            boolean ours =
                    verifiers.stream().allMatch(note::isSignedBy)
                            && Arrays.equals(note.bytes(), bytes)
                            && Checkpoint.parse(note.text()).origin().equals(origin);
            if (ours) {
                return note;
            }
        } catch (MalformedNote _) {
            // The same to the operator as a signature that is not ours.
        }
        throw new AuditLogDamaged(NAME, "is not what this site's keys signed");
    }

    private byte[] content() throws IOException {
        try (LogFile file = folder.open(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LARGEST, file.size()));
            file.read(bytes, 0);
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** When this returns, the note outlives the loss of power; until then the one before does. */
    void replace(SignedNote note) throws IOException {
        if (folder.exists(BESIDE)) {
            folder.delete(BESIDE);
        }
        try (LogFile file = folder.create(BESIDE)) {
            file.write(ByteBuffer.wrap(note.bytes()), 0);
            file.force();
        }
        folder.rename(BESIDE, NAME);
        folder.forceFolder("");
    }
}
