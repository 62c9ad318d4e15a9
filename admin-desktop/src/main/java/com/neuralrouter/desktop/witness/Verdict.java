package com.neuralrouter.desktop.witness;

import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.desktop.witness.Alarm.Kind;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TreeProofs;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a witness demands of a checkpoint. Pure, and every input may be hostile. */
sealed interface Verdict {

    /** It is by the log that is remembered; that it only grew is still to be proved. */
    record Candidate(Remembered log) implements Verdict {}

    /** It contradicts what is remembered. */
    record Contradiction(Kind kind) implements Verdict {}

    /** Compares what was shown with what is remembered, as far as that goes without a proof. */
    static Verdict of(Remembered held, LogCheckpoint shown) {
        SignedNote note;
        Checkpoint now;
        try {
            note = SignedNote.parse(shown.note());
            now = Checkpoint.parse(note.text());
        } catch (MalformedNote malformed) {
            return new Contradiction(Kind.MALFORMED);
        }
        Checkpoint before = held.checkpoint();
        if (!Set.copyOf(held.keyTexts()).equals(new HashSet<>(shown.keys()))) {
            return new Contradiction(Kind.OTHER_KEY);
        }
        if (!held.keys().stream().allMatch(note::isSignedBy)) {
            return new Contradiction(Kind.BAD_SIGNATURE);
        }
        if (!now.origin().equals(before.origin())) {
            return new Contradiction(Kind.OTHER_LOG);
        }
        if (now.size() < before.size()) {
            return new Contradiction(Kind.SHORTER);
        }
        if (now.size() == before.size() && !Arrays.equals(now.root(), before.root())) {
            return new Contradiction(Kind.FORKED);
        }
        return new Candidate(held.with(note));
    }

    /** What is wrong with something that is shown first; the keys are its own. */
    static Kind ofFirst(LogCheckpoint shown) {
        try {
            Checkpoint.parse(SignedNote.parse(shown.note()).text());
            return Kind.BAD_SIGNATURE;
        } catch (MalformedNote malformed) {
            return Kind.MALFORMED;
        }
    }

    /** Whether the proof shows that the newer log begins with the older. */
    static boolean proves(LogConsistency proof, Checkpoint before, Checkpoint now) {
        return proof.from() == before.size()
                && proof.to() == now.size()
                && hashes(proof)
                        .filter(hashes ->
                                TreeProofs.consistent(
                                        before.size(),
                                        before.root(),
                                        now.size(),
                                        now.root(),
                                        hashes))
                        .isPresent();
    }

    private static Optional<List<byte[]>> hashes(LogConsistency proof) {
        try {
            List<byte[]> hashes =
                    proof.hashes().stream().map(hash -> Base64.getDecoder().decode(hash)).toList();
            // The decoder takes more than one spelling; here each value has one.
            return Optional.of(hashes)
                    .filter(all ->
                            all.stream()
                                    .map(Base64.getEncoder()::encodeToString)
                                    .toList()
                                    .equals(proof.hashes()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
