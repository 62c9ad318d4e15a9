package com.neuralrouter.server.audit.peer;

import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.peer.PeerFolder.Seen;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.Cosignature;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TreeProofs;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches one other site's log, as each of its administrators' desktops does, but from a machine
 * that nobody there administers. What it has accepted once must be the beginning of all that
 * follows; anything else is an alarm, which is kept with both sides before anything else happens,
 * and stands, whatever the peer shows later, until a person on this machine moves its file away.
 * For one thread.
 */
public final class PeerWitness {
    private static final Logger LOG = System.getLogger(PeerWitness.class.getName());

    private final PeerFolder folder;
    private final NoteSigner signer;
    private final Consumer<AuditEvent> record;
    private final Clock clock;
    private boolean unreachable;

    /** How a look ended. */
    public enum Look {
        /** The log continues what was seen, and was signed. */
        GOOD,
        /** Nobody answers, or something that is no log: neither good nor an alarm. */
        UNCHECKED,
        /** The log contradicts what was seen, now or at an earlier look. */
        ALARM
    }

    /** Why the log is not what it was. */
    private static final class Contradiction extends Exception {
        private static final long serialVersionUID = 1;
        private final String kind;

        Contradiction(String kind) {
            super(kind, null, false, false);
            this.kind = kind;
        }
    }

    /**
     * @param signer of this appliance's cosignatures
     * @param record leaves an entry in this site's own trail
     */
    public PeerWitness(
            PeerFolder folder, NoteSigner signer, Consumer<AuditEvent> record, Clock clock) {
        this.folder = folder;
        this.signer = signer;
        this.record = record;
        this.clock = clock;
    }

    /** Looks at the log once. */
    public Look look() {
        try {
            if (folder.alarm().isPresent()) {
                LOG.log(
                        Level.ERROR,
                        "the alarm about a peer''s audit log stands peer={0} file={1}",
                        folder.name(),
                        folder.root().resolve("alarm"));
                return Look.ALARM;
            }
            try (var client = new PeerClient(folder.address(), folder.tls())) {
                Look look = look(client);
                unreachable = false;
                return look;
            }
        } catch (IOException failure) {
            if (!unreachable) {
                LOG.log(
                        Level.WARNING,
                        "a peer''s audit log could not be checked peer={0} cause={1}",
                        folder.name(),
                        failure);
            }
            unreachable = true;
            return Look.UNCHECKED;
        }
    }

    private Look look(PeerClient client) throws IOException {
        LogCheckpoint shown = client.checkpoint();
        Optional<Seen> before;
        try {
            before = folder.seen();
        } catch (MalformedNote damaged) {
            alarm(client, Optional.empty(), shown, "memory_damaged");
            return Look.ALARM;
        }
        try {
            SignedNote note = accepted(client, before, shown);
            cosign(client, before, shown, note);
            return Look.GOOD;
        } catch (Contradiction contradiction) {
            alarm(client, before, shown, contradiction.kind);
            return Look.ALARM;
        }
    }

    /** Returns the note that was shown, if it continues what was seen. */
    private static SignedNote accepted(
            PeerClient client, Optional<Seen> before, LogCheckpoint shown)
            throws IOException, Contradiction {
        SignedNote note;
        Checkpoint now;
        List<NoteVerifier> keys;
        try {
            note = SignedNote.parse(shown.note());
            now = Checkpoint.parse(note.text());
            keys = shown.keys().stream().map(NoteVerifier::parse).toList();
        } catch (MalformedNote malformed) {
            throw new Contradiction("malformed");
        }
        if (before.isPresent() && !new HashSet<>(keys).equals(new HashSet<>(before.get().keys()))) {
            throw new Contradiction("other_key");
        }
        if (keys.isEmpty() || !keys.stream().allMatch(note::isSignedBy)) {
            throw new Contradiction("bad_signature");
        }
        if (before.isPresent()) {
            demandContinued(client, Checkpoint.parse(before.get().note().text()), now);
        }
        return note;
    }

    private static void demandContinued(PeerClient client, Checkpoint before, Checkpoint now)
            throws IOException, Contradiction {
        if (!now.origin().equals(before.origin())) {
            throw new Contradiction("other_log");
        }
        if (now.size() < before.size()) {
            throw new Contradiction("shorter");
        }
        if (now.size() == before.size()) {
            if (!Arrays.equals(now.root(), before.root())) {
                throw new Contradiction("forked");
            }
            return;
        }
        try {
            LogConsistency proof = client.consistency(before.size(), now.size());
            if (!TreeProofs.consistent(
                    before.size(), before.root(), now.size(), now.root(), hashes(proof))) {
                throw new Contradiction("proof_wrong");
            }
        } catch (PeerClient.Denied denied) {
            if (denied.contradicts()) {
                throw new Contradiction("proof_refused");
            }
            throw denied;
        }
    }

    private static List<byte[]> hashes(LogConsistency proof) throws Contradiction {
        try {
            return proof.hashes().stream().map(Base64.getDecoder()::decode).toList();
        } catch (IllegalArgumentException notBase64) {
            throw new Contradiction("proof_wrong");
        }
    }

    private void cosign(
            PeerClient client, Optional<Seen> before, LogCheckpoint shown, SignedNote note)
            throws IOException {
        SignedNote signed = note.with(signer.sign(note.text(), time(before)));
        folder.keep(new Seen(shown.keys().stream().map(NoteVerifier::parse).toList(), signed));
        client.cosign(new CosignCheckpoint(signer.verifier().toString(), signed.toString()));
        if (before.isEmpty()) {
            record.accept(
                    AuditEvent.done(
                            "witness.begun",
                            "peer/" + folder.name(),
                            Map.of("entries", size(note))));
        }
    }

    /** Never earlier than in the signature before, however the clock is set. */
    private Instant time(Optional<Seen> before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return before.stream()
                .flatMap(seen -> seen.note().signatures().stream())
                .filter(signer.verifier()::isNamedBy)
                .map(signature -> Cosignature.of(signature).time())
                .filter(last -> last.isAfter(now))
                .findFirst()
                .orElse(now);
    }

    private void alarm(PeerClient client, Optional<Seen> before, LogCheckpoint shown, String kind) {
        String held = before.map(Seen::toString).orElse("nothing\n");
        folder.raise(
                "%s%n%s%n%n-- seen before --%n%s%n-- shown now --%n%s%n%n%s"
                        .formatted(
                                kind,
                                clock.instant(),
                                held,
                                String.join("\n", shown.keys()),
                                shown.note()));
        LOG.log(
                Level.ERROR,
                "a peer''s audit log contradicts what was seen of it peer={0} kind={1}",
                folder.name(),
                kind);
        record.accept(
                AuditEvent.done("witness.alarm", "peer/" + folder.name(), Map.of("kind", kind)));
        try {
            client.tell(
                    new LogAlarm(
                            kind,
                            before.map(seen -> seen.note().toString()).orElse(""),
                            shown.note(),
                            null));
        } catch (IOException untold) {
            LOG.log(Level.WARNING, "the peer could not be told of the alarm cause={0}", untold);
        }
    }

    private static String size(SignedNote note) {
        return String.valueOf(Checkpoint.parse(note.text()).size());
    }
}
