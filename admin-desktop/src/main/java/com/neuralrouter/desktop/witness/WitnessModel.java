package com.neuralrouter.desktop.witness;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the window knows of the audit log: how the last look at it ended, and the alarm that stands.
 * Looks by itself at each connection and each minute. Window's thread only.
 */
public final class WitnessModel {
    static final Duration PERIOD = Duration.ofMinutes(1);

    private final Witness witness;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Clock clock;
    private final Submission saving;
    private final Submission acknowledging;
    private final ReadOnlyObjectWrapper<Optional<Look>> last =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Alarm>> alarm;
    private final ReadOnlyObjectWrapper<Optional<Evidence.Saved>> saved =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanBinding standing;
    private final Set<String> acknowledged = new HashSet<>();
    private Cancellable looking = Cancellable.NOTHING;
    private Cancellable ticking = Cancellable.NOTHING;
    private boolean busy;

    /**
     * One look at the log.
     *
     * @param witnesses how many have signed it, as far as the appliance shows
     * @param good when one last ended well; empty if none did since the start
     */
    public record Look(Outcome outcome, OptionalInt witnesses, Instant at, Optional<Instant> good) {

        private Look orBefore(Optional<Look> before) {
            return new Look(outcome, witnesses, at, good.or(() -> before.flatMap(Look::good)));
        }
    }

    /** Reads a few small files at once: an alarm has to be there before the first screen is. */
    public WitnessModel(Witness witness, Tasks tasks, Ticker ticker, Clock clock) {
        this.witness = witness;
        this.tasks = tasks;
        this.ticker = ticker;
        this.clock = clock;
        saving = new Submission(tasks, "save evidence");
        acknowledging = new Submission(tasks, "acknowledge alarm");
        alarm = new ReadOnlyObjectWrapper<>(witness.standing());
        standing = Bindings.createBooleanBinding(() -> alarm.get().isPresent(), alarm);
    }

    /** How the last look ended; empty before the first one has. */
    public ReadOnlyObjectProperty<Optional<Look>> last() {
        return last.getReadOnlyProperty();
    }

    /** The alarm that stands. */
    public ReadOnlyObjectProperty<Optional<Alarm>> alarm() {
        return alarm.getReadOnlyProperty();
    }

    /** Whether one does: then nothing may be changed. */
    public BooleanBinding standing() {
        return standing;
    }

    /** Where its evidence was saved, by this window; without that it can't be acknowledged. */
    public ReadOnlyObjectProperty<Optional<Evidence.Saved>> saved() {
        return saved.getReadOnlyProperty();
    }

    public Submission saving() {
        return saving;
    }

    public Submission acknowledging() {
        return acknowledging;
    }

    /** Begins to look each minute; the connection says when to look for the first time. */
    public void start() {
        ticking.cancel();
        ticking = ticker.every(PERIOD, this::check);
    }

    /** Stops looking. */
    public void stop() {
        ticking.cancel();
        looking.cancel();
    }

    /** Looks now, unless a look is under way. */
    public void check() {
        if (!busy) {
            busy = true;
            looking = look();
        }
    }

    /** Whether that entry is in the log. An alarm that this raises is shown as any other. */
    public void prove(AuditEntry entry, Consumer<EntryProof> then) {
        prove(() -> witness.prove(entry), then);
    }

    /** Whether the log has that request as it is shown; as the other. */
    public void prove(RequestSummary request, Consumer<EntryProof> then) {
        prove(() -> witness.prove(request), then);
    }

    /** Whether a receipt is the one that was given for that request. */
    public void check(String receipt, RequestSummary request, Consumer<ReceiptVerdict> then) {
        tasks.run(
                "check a receipt",
                () -> new Answer.Ok<>(witness.check(receipt, request)),
                (Answer<ReceiptVerdict> answer) -> {
                    switch (answer) {
                        case Answer.Ok<ReceiptVerdict>(ReceiptVerdict verdict) ->
                                then.accept(verdict);
                        case Answer.Refused<ReceiptVerdict>(Trouble trouble) ->
                                then.accept(new ReceiptVerdict.Unavailable(trouble));
                    }
                });
    }

    private void prove(Supplier<EntryProof> proving, Consumer<EntryProof> then) {
        tasks.run(
                "prove",
                () -> new Answer.Ok<>(proving.get()),
                (Answer<EntryProof> answer) -> {
                    switch (answer) {
                        case Answer.Ok<EntryProof>(EntryProof proof) -> {
                            if (proof instanceof EntryProof.Alarmed) {
                                check();
                            }
                            then.accept(proof);
                        }
                        case Answer.Refused<EntryProof>(Trouble trouble) ->
                                then.accept(new EntryProof.Unavailable(trouble));
                    }
                });
    }

    /** Saves the evidence of the alarm that stands. */
    public void saveEvidence(Path file, Runnable done) {
        alarm.get()
                .ifPresent(standing ->
                        saving.send(
                                () -> save(standing, file),
                                where -> {
                                    saved.set(Optional.of(where));
                                    done.run();
                                }));
    }

    /** Ends the alarm. Nothing happens while its evidence was not saved. */
    public void acknowledge(String sentence, Consumer<Optional<Trouble>> done) {
        var standing = alarm.get();
        var evidence = saved.get();
        if (standing.isEmpty() || evidence.isEmpty()) {
            return;
        }
        acknowledging.send(
                () -> acknowledge(standing.get(), evidence.get(), sentence),
                ended -> {
                    acknowledged.add(standing.get().id());
                    saved.set(Optional.empty());
                    alarm.set(ended.next());
                    done.accept(ended.untold());
                    check();
                });
    }

    private Answer<Evidence.Saved> save(Alarm standing, Path file) {
        try {
            return new Answer.Ok<>(Evidence.save(standing, witness.verifier(), file));
        } catch (UncheckedIOException e) {
            return new Answer.Refused<>(new Trouble.Defect("cannot write " + file));
        }
    }

    private Answer<Witness.Acknowledged> acknowledge(
            Alarm standing, Evidence.Saved evidence, String sentence) {
        var words =
                new Acknowledgement(
                        Instant.now(clock),
                        sentence,
                        evidence.file().toString(),
                        evidence.sha256());
        try {
            return new Answer.Ok<>(witness.acknowledge(standing, words));
        } catch (UncheckedIOException e) {
            return new Answer.Refused<>(new Trouble.Defect("cannot write the acknowledgement"));
        }
    }

    private Cancellable look() {
        return tasks.run("witness", this::seen, this::settle);
    }

    private Answer<Look> seen() {
        Outcome outcome = witness.check();
        OptionalInt witnesses =
                outcome.checkpoint().map(witness::witnesses).orElseGet(OptionalInt::empty);
        Instant now = Instant.now(clock);
        return new Answer.Ok<>(
                new Look(outcome, witnesses, now, outcome.checkpoint().map(_ -> now)));
    }

    private void settle(Answer<Look> answer) {
        busy = false;
        Look look =
                switch (answer) {
                    case Answer.Ok<Look>(Look came) -> came;
                    case Answer.Refused<Look>(Trouble trouble) ->
                            new Look(
                                    new Outcome.Unchecked(trouble),
                                    OptionalInt.empty(),
                                    Instant.now(clock),
                                    Optional.empty());
                };
        // A look that began before the acknowledgement may end after it.
        if (look.outcome() instanceof Outcome.Alarmed(Alarm raised)
                && !acknowledged.contains(raised.id())) {
            alarm.set(Optional.of(raised));
        }
        last.set(Optional.of(look.orBefore(last.get())));
    }
}
