package com.neuralrouter.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signatures (C2SP signed-note). Reading one verifies nothing: ask {@link
 * #isSignedBy(NoteVerifier)} of the keys that must have signed before believing the text.
 *
 * @param text with its last newline
 * @param signatures in the order of their lines, at least one and at most {@value #MAX_SIGNATURES}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** As many as Go's implementation takes (golang.org/x/mod/sumdb/note). */
    public static final int MAX_SIGNATURES = 100;

    private static final int MAX_BYTES = 1_000_000;

    public SignedNote {
        NoteText.checked(text);
        if (!text.endsWith("\n")) {
            throw new MalformedNote("A note's text ends with a newline.");
        }
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new MalformedNote(
                    "A note has 1 to " + MAX_SIGNATURES + " signatures, not " + signatures.size());
        }
    }

    /** Reads a note as it is stored and sent: UTF-8. */
    public static SignedNote parse(byte[] note) {
        if (note.length > MAX_BYTES) {
            throw new MalformedNote("A note of " + note.length + " bytes is too long to be one.");
        }
        return parse(NoteText.decoded(note));
    }

    /** Reads a note. */
    public static SignedNote parse(String note) {
        NoteText.checked(note);
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || note.length() > MAX_BYTES) {
            throw new MalformedNote("A note is a text, an empty line and lines of signatures.");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        String lines = note.substring(blank + 2);
        if (!lines.isEmpty()) {
            for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
                signatures.add(NoteSignature.parse(line));
            }
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /**
     * Whether the key has signed this text: there is a signature with its name and id, and every
     * such signature is good. A note on which a known key's signature fails is to be rejected
     * (signed-note, "Signatures"), so that one good one beside a bad one does not count.
     */
    public boolean isSignedBy(NoteVerifier verifier) {
        List<NoteSignature> claimed = signatures.stream().filter(verifier::isNamedBy).toList();
        return !claimed.isEmpty()
                && claimed.stream().allMatch(signature -> verifier.verifies(text, signature));
    }

    /** With one more signature, behind the others; one by the same key is replaced. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.removeIf(other ->
                other.keyId() == signature.keyId() && other.name().equals(signature.name()));
        all.add(signature);
        return new SignedNote(text, all);
    }

    /** The note as it is stored and sent. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The note as it is stored and sent. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature).append('\n'));
        return note.toString();
    }
}
