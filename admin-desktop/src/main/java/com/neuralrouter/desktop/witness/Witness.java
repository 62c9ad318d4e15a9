package com.neuralrouter.desktop.witness;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.LogClient;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.witness.Alarm.Kind;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TlogProof;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Watches one appliance's audit log for who can't be everywhere: remembers the newest checkpoint,
 * demands that each newer one continues it, and signs what it accepted, so that others can tell
 * that it was seen (C2SP tlog-witness describes the duty).
 *
 * <p>All calls block; any thread, one look at a time. While an alarm stands the gate is shut,
 * nothing is asked, remembered or signed, and only {@link #acknowledge} ends it: not a good answer,
 * not another connection, not a restart.
 */
public final class Witness {
    private static final System.Logger LOG = System.getLogger(Witness.class.getName());
    private static final Set<ProblemCode> DENIALS =
            Set.of(
                    ProblemCode.INVALID_FIELD,
                    ProblemCode.NOT_FOUND,
                    ProblemCode.MALFORMED_REQUEST,
                    ProblemCode.METHOD_NOT_ALLOWED);

    private final LogClient client;
    private final ChangeGate gate;
    private final Clock clock;
    private final CheckpointMemory memory;
    private final WitnessKey key;
    private final AlarmFiles alarms;
    private final ReentrantLock looking = new ReentrantLock();
    private @Nullable Alarm unwritten;
    private String signed = "";

    /**
     * An alarm was ended.
     *
     * @param next another one that stands
     * @param untold why the appliance does not know of it, if it does not: that changes nothing
     */
    public record Acknowledged(Optional<Alarm> next, Optional<Trouble> untold) {}

    /** Remembers in that folder, which is made; nothing is asked yet. */
    public Witness(LogClient client, ChangeGate gate, Path folder, Clock clock) {
        this.client = client;
        this.gate = gate;
        this.clock = clock;
        PrivateFile.folder(folder);
        memory = new CheckpointMemory(folder);
        key = new WitnessKey(folder);
        alarms = new AlarmFiles(folder);
        standing();
    }

    /** Looks at the log. */
    public Outcome check() {
        looking.lock();
        try {
            Optional<Alarm> standing = standing();
            if (standing.isPresent()) {
                return new Outcome.Alarmed(standing.get());
            }
            return switch (client.checkpoint()) {
                case Answer.Refused<LogCheckpoint>(Trouble trouble) ->
                        new Outcome.Unchecked(trouble);
                case Answer.Ok<LogCheckpoint>(LogCheckpoint shown) -> judge(shown);
            };
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.ERROR, "the witness's files cannot be used", e);
            return new Outcome.Unchecked(new Trouble.Defect("the witness's files"));
        } finally {
            looking.unlock();
        }
    }

    /** The alarm that stands, from disk; shuts the gate if there is one. No call to anybody. */
    public Optional<Alarm> standing() {
        looking.lock();
        try {
            Alarm lost = unwritten;
            if (lost != null) {
                keep(lost);
            }
            Optional<Alarm> standing = alarms.standing().or(() -> Optional.ofNullable(unwritten));
            if (standing.isPresent()) {
                gate.shut();
            }
            return standing;
        } finally {
            looking.unlock();
        }
    }

    /**
     * Ends the alarm that stands. What it showed is remembered from now on where it was a log at
     * all; the evidence stays.
     *
     * @throws UncheckedIOException if it can't be kept on disk; then the alarm stands on
     */
    public Acknowledged acknowledge(Alarm alarm, Acknowledgement acknowledgement) {
        looking.lock();
        try {
            keep(alarm);
            if (unwritten != null) {
                throw new UncheckedIOException(new IOException("the alarm cannot be kept"));
            }
            if (alarm.kind() == Kind.MEMORY_DAMAGED) {
                memory.forget();
            } else {
                Remembered.ofFirst(
                                new LogCheckpoint(alarm.shown().note(), alarm.shown().keys()),
                                Instant.now(clock))
                        .ifPresent(memory::put);
            }
            alarms.acknowledge(alarm, acknowledgement);
            Optional<Alarm> next = standing();
            if (next.isEmpty()) {
                gate.open();
            }
            return new Acknowledged(next, tell(alarm, acknowledgement.sentence()));
        } finally {
            looking.unlock();
        }
    }

    /**
     * Whether that entry is in the log; looks at the log first. A proof by a state of the log that
     * contradicts what is remembered is an alarm.
     */
    public EntryProof prove(AuditEntry entry) {
        return prove(() -> client.proof(entry.sequence()), leaf -> EntryProof.isOf(entry, leaf));
    }

    /** Whether the log has a request as it is shown; as the other. */
    public EntryProof prove(RequestSummary request) {
        return prove(() -> client.proof(request.id()), leaf -> EntryProof.isOf(request, leaf));
    }

    /**
     * Whether a receipt is the one that the appliance gave for that request: signed by a key of the
     * site's, about it, and the one whose hash the log has.
     */
    public ReceiptVerdict check(String receipt, RequestSummary request) {
        if (!(prove(request) instanceof EntryProof.Proven proven)) {
            return new ReceiptVerdict.Unproven();
        }
        return switch (client.receiptKeys()) {
            case Answer.Refused<Page<ReceiptKey>>(Trouble trouble) ->
                    new ReceiptVerdict.Unavailable(trouble);
            case Answer.Ok<Page<ReceiptKey>>(Page<ReceiptKey> keys) ->
                    ReceiptVerdict.of(receipt, keys.items(), request.id(), proven.leaf());
        };
    }

    private EntryProof prove(Supplier<Answer<LogProof>> asked, Predicate<LogProof> isShown) {
        looking.lock();
        try {
            return switch (check()) {
                case Outcome.Alarmed _ -> new EntryProof.Alarmed();
                case Outcome.Unchecked(Trouble trouble) -> new EntryProof.Unavailable(trouble);
                case Outcome.FirstSeen(Remembered log, Optional<Trouble> _) ->
                        prove(asked, isShown, log);
                case Outcome.Consistent(Remembered log, long _, Optional<Trouble> _) ->
                        prove(asked, isShown, log);
            };
        } finally {
            looking.unlock();
        }
    }

    private EntryProof prove(
            Supplier<Answer<LogProof>> asked, Predicate<LogProof> isShown, Remembered log) {
        return switch (asked.get()) {
            case Answer.Refused<LogProof>(Trouble trouble) -> new EntryProof.Unavailable(trouble);
            case Answer.Ok<LogProof>(LogProof shown) ->
                    EntryProof.verified(log, shown)
                            .map(proof -> judge(isShown, shown, proof, log))
                            .orElseGet(EntryProof.Wrong::new);
        };
    }

    private EntryProof judge(
            Predicate<LogProof> isShown, LogProof shown, TlogProof proof, Remembered log) {
        var note = proof.checkpoint().toString();
        Outcome outcome = continues(log, new LogCheckpoint(note, log.keyTexts()));
        if (outcome instanceof Outcome.Alarmed) {
            return new EntryProof.Alarmed();
        }
        if (outcome instanceof Outcome.Unchecked(Trouble trouble)) {
            return new EntryProof.Unavailable(trouble);
        }
        return isShown.test(shown)
                ? new EntryProof.Proven(
                        proof.index(),
                        Checkpoint.parse(proof.checkpoint().text()),
                        shown.leaf(),
                        shown.proof())
                : new EntryProof.Differs(shown.leaf());
    }

    /** A proof may be by the state that is remembered, or by a newer one, which is remembered. */
    private Outcome continues(Remembered log, LogCheckpoint shown) {
        return switch (Verdict.of(log, shown)) {
            case Verdict.Contradiction(Kind kind) -> alarm(kind, log.side(), shown, List.of());
            case Verdict.Candidate(Remembered newer) -> grown(log, newer, shown);
        };
    }

    /**
     * How many witnesses there are whose signature the appliance shows and that is good, this one
     * included; empty if it does not say. Nothing is decided by it.
     */
    public OptionalInt witnesses(Checkpoint log) {
        return switch (Pages.all(client::cosignatures)) {
            case Answer.Refused<List<CosignCheckpoint>> _ -> OptionalInt.empty();
            case Answer.Ok<List<CosignCheckpoint>>(List<CosignCheckpoint> all) ->
                    OptionalInt.of(
                            (int)
                                    all.stream()
                                            .filter(each -> isGood(each, log))
                                            .map(CosignCheckpoint::key)
                                            .distinct()
                                            .count());
        };
    }

    private static boolean isGood(CosignCheckpoint each, Checkpoint log) {
        try {
            var note = SignedNote.parse(each.note());
            return note.isSignedBy(NoteVerifier.parse(each.key()))
                    && Checkpoint.parse(note.text()).origin().equals(log.origin());
        } catch (MalformedNote malformed) {
            return false;
        }
    }

    /** What verifies this witness's signatures. */
    public String verifier() {
        return key.signer().verifier().toString();
    }

    private Outcome judge(LogCheckpoint shown) {
        Optional<Remembered> held;
        try {
            held = memory.read();
        } catch (CheckpointMemory.Damaged damaged) {
            var found = new Alarm.Side(memory.text().orElse(""), List.of());
            return alarm(Kind.MEMORY_DAMAGED, found, shown, List.of());
        }
        if (held.isEmpty()) {
            return first(shown);
        }
        return continues(held.get(), shown);
    }

    private Outcome first(LogCheckpoint shown) {
        Optional<Remembered> good = Remembered.ofFirst(shown, Instant.now(clock));
        if (good.isEmpty()) {
            return alarm(Verdict.ofFirst(shown), Alarm.Side.NOTHING, shown, List.of());
        }
        NoteSigner signer = key.signer();
        Remembered log = good.get().cosigned(signer, Instant.now(clock), Optional.empty());
        return memory.replace(Optional.empty(), log)
                ? new Outcome.FirstSeen(log, cosign(signer, log))
                : new Outcome.Unchecked(new Trouble.Cancelled());
    }

    private Outcome grown(Remembered before, Remembered candidate, LogCheckpoint shown) {
        long from = before.checkpoint().size();
        long to = candidate.checkpoint().size();
        if (to > from) {
            switch (client.consistency(from, to)) {
                case Answer.Refused<LogConsistency>(Trouble trouble) -> {
                    return contradicts(trouble)
                            ? alarm(Kind.PROOF_REFUSED, before.side(), shown, List.of())
                            : new Outcome.Unchecked(trouble);
                }
                case Answer.Ok<LogConsistency>(LogConsistency proof) -> {
                    if (!Verdict.proves(proof, before.checkpoint(), candidate.checkpoint())) {
                        return alarm(Kind.PROOF_WRONG, before.side(), shown, proof.hashes());
                    }
                }
            }
        }
        NoteSigner signer = key.signer();
        Remembered log = candidate.cosigned(signer, Instant.now(clock), Optional.of(before));
        return memory.replace(Optional.of(before), log)
                ? new Outcome.Consistent(log, to - from, cosign(signer, log))
                : new Outcome.Unchecked(new Trouble.Cancelled());
    }

    /** Who has signed a size can't say that there is no such size. */
    private static boolean contradicts(Trouble trouble) {
        return trouble instanceof Trouble.ByAppliance(Problem problem)
                && DENIALS.contains(problem.code());
    }

    private Optional<Trouble> cosign(NoteSigner signer, Remembered log) {
        if (log.note().text().equals(signed)) {
            return Optional.empty();
        }
        var signature = new CosignCheckpoint(signer.verifier().toString(), log.note().toString());
        Optional<Trouble> refusal = refusal(client.cosign(signature));
        if (refusal.isEmpty()) {
            signed = log.note().text();
        }
        return refusal;
    }

    private Outcome alarm(Kind kind, Alarm.Side held, LogCheckpoint shown, List<String> proof) {
        Instant now = Instant.now(clock);
        var side = new Alarm.Side(shown.note(), shown.keys());
        var alarm = new Alarm(alarms.newId(now, kind), kind, now, held, side, proof);
        gate.shut();
        LOG.log(System.Logger.Level.ERROR, "the audit log contradicts itself: kind=" + kind);
        keep(alarm);
        tell(alarm, null);
        return new Outcome.Alarmed(alarm);
    }

    /** Writes it down; one that can't be written stands as long as this window, and is retried. */
    private void keep(Alarm alarm) {
        try {
            alarms.keep(alarm);
            unwritten = null;
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.ERROR, "the alarm cannot be written", e);
            unwritten = alarm;
        }
    }

    private Optional<Trouble> tell(Alarm alarm, @Nullable String acknowledged) {
        return refusal(
                client.report(
                        new LogAlarm(
                                alarm.kind().wire(),
                                alarm.held().note(),
                                alarm.shown().note(),
                                acknowledged)));
    }

    private static Optional<Trouble> refusal(Answer<Boolean> answer) {
        return switch (answer) {
            case Answer.Ok<Boolean> _ -> Optional.empty();
            case Answer.Refused<Boolean>(Trouble trouble) -> Optional.of(trouble);
        };
    }
}
