package com.neuralrouter.desktop.witness;

import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.Cosignature;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteSignature;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a witness knows of a log. One that exists is signed by all its keys, and they have the log's
 * name.
 *
 * @param pinnedAt when the keys were seen first
 * @param keys the log's verifier keys, all of which must have signed
 * @param note the newest checkpoint, with the witness's own signature behind the log's
 */
public record Remembered(Instant pinnedAt, List<NoteVerifier> keys, SignedNote note) {
    private static final int MOST_KEYS = 8;

    public Remembered {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MOST_KEYS || new HashSet<>(keys).size() < keys.size()) {
            throw new IllegalArgumentException("a log has 1 to " + MOST_KEYS + " different keys");
        }
        String origin = Checkpoint.parse(note.text()).origin();
        for (NoteVerifier key : keys) {
            if (!key.name().equals(origin) || !note.isSignedBy(key)) {
                throw new IllegalArgumentException("a key of the log did not sign it");
            }
        }
    }

    /** What was shown, if it is good by the keys that it brings itself. */
    static Optional<Remembered> ofFirst(LogCheckpoint shown, Instant now) {
        try {
            return Optional.of(
                    new Remembered(
                            now,
                            shown.keys().stream().map(NoteVerifier::parse).toList(),
                            SignedNote.parse(shown.note())));
        } catch (MalformedNote | IllegalArgumentException notGood) {
            return Optional.empty();
        }
    }

    /** The checkpoint. */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(note.text());
    }

    /** The texts of the keys. */
    public List<String> keyTexts() {
        return keys.stream().map(NoteVerifier::toString).toList();
    }

    /**
     * What people compare: the SHA-256 of the key's text, in groups of eight hex digits. {@code
     * printf %s "$key" | sha256sum} prints the same without the blanks.
     */
    static String fingerprint(NoteVerifier key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).replaceAll("(.{8})(?=.)", "$1 ");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Alarm.Side side() {
        return new Alarm.Side(note.toString(), keyTexts());
    }

    /** With a newer checkpoint by the same keys. */
    Remembered with(SignedNote newer) {
        return new Remembered(pinnedAt, keys, newer);
    }

    /**
     * With the witness's signature, and without those of strangers. Its time is never before that
     * of the last one, however the clock is set.
     */
    Remembered cosigned(NoteSigner signer, Instant now, Optional<Remembered> before) {
        Instant time =
                before.flatMap(last -> last.cosignedAt(signer.verifier()))
                        .filter(last -> last.isAfter(now))
                        .orElse(now.isBefore(Instant.EPOCH) ? Instant.EPOCH : now);
        List<NoteSignature> own =
                note.signatures().stream()
                        .filter(each -> keys.stream().anyMatch(key -> key.isNamedBy(each)))
                        .toList();
        var ownOnly = new SignedNote(note.text(), own);
        return with(ownOnly.with(signer.sign(note.text(), time)));
    }

    private Optional<Instant> cosignedAt(NoteVerifier witness) {
        return note.signatures().stream()
                .filter(each -> witness.verifies(note.text(), each))
                .map(each -> Cosignature.of(each).time())
                .findFirst();
    }
}
