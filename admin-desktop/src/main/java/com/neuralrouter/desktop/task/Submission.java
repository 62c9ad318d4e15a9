package com.neuralrouter.desktop.task;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One change that a form or a confirmation sends: whether it is under way, and why the last try was
 * refused.
 *
 * <p>Owned by a view model, used on the window's thread only. While one try is under way a second
 * is ignored, so that a double click creates one thing. What was typed stays in the form.
 */
public final class Submission {
    private final Tasks tasks;
    private final String what;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Cancellable underWay = Cancellable.NOTHING;
    private Optional<Consumer<String>> proposal = Optional.empty();

    /** Sends through those tasks; the name is for the log, a constant. */
    public Submission(Tasks tasks, String what) {
        this.tasks = tasks;
        this.what = what;
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Why the last try was refused; empty if it was not, or if there was none. */
    public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
        return trouble.getReadOnlyProperty();
    }

    /** What the appliance says about one field of the last try, by its path in the JSON. */
    public Optional<String> fieldError(String field) {
        return trouble.get()
                .filter(Trouble.ByAppliance.class::isInstance)
                .map(Trouble.ByAppliance.class::cast)
                .flatMap(refusal ->
                        refusal.problem().fieldErrors().stream()
                                .filter(error -> error.field().equals(field))
                                .map(FieldError::message)
                                .findFirst());
    }

    /**
     * What becomes of a try that is refused because a second person must approve it: a proposal.
     *
     * @param propose sends it, with what it is for, which may be empty
     */
    public <T> void orPropose(Function<String, Answer<T>> propose, Consumer<T> done) {
        proposal = Optional.of(note -> send(() -> propose.apply(note), done));
    }

    /** Whether the last try was refused because a second person must approve it, and can be. */
    public boolean needsSecondPerson() {
        return proposal.isPresent()
                && trouble.get().filter(Submission::demandsSecondPerson).isPresent();
    }

    /** Sends the proposal. */
    public void propose(String note) {
        proposal.ifPresent(each -> each.accept(note));
    }

    private static boolean demandsSecondPerson(Trouble trouble) {
        return trouble instanceof Trouble.ByAppliance(Problem problem)
                && problem.code() == ProblemCode.APPROVAL_REQUIRED;
    }

    /** Sends it; {@code done} gets the value when it was acknowledged. */
    public <T> void send(Supplier<Answer<T>> call, Consumer<T> done) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        trouble.set(Optional.empty());
        underWay =
                tasks.run(
                        what,
                        call,
                        answer -> {
                            busy.set(false);
                            switch (answer) {
                                case Answer.Ok<T>(T value) -> done.accept(value);
                                case Answer.Refused<T>(Trouble why) ->
                                        trouble.set(Optional.of(why));
                            }
                        });
    }

    /** Gives up the try under way and forgets the last refusal: the form was closed or reopened. */
    public void reset() {
        underWay.cancel();
        busy.set(false);
        trouble.set(Optional.empty());
        proposal = Optional.empty();
    }
}
