package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Submission;

import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A short form: its fields, and a button that sends them. It stays open, with everything that was
 * typed, until the appliance has acknowledged; what the appliance says about a field appears under
 * that field.
 */
public final class FormDialog {
    private final ViewContext context;
    private final String id;
    private final Submission submission;
    private final DialogCard card;
    private final Map<String, FormField> fields = new LinkedHashMap<>();
    private ObservableValue<Boolean> incomplete = new SimpleBooleanProperty(false);

    public FormDialog(ViewContext context, String id, String title, Submission submission) {
        this.context = context;
        this.id = id;
        this.submission = submission;
        card = new DialogCard(id, title);
    }

    /** A sentence above or between the fields. */
    public FormDialog say(String text) {
        card.add(Texts.muted(text));
        return this;
    }

    /** Words that change with what is chosen. */
    public FormDialog note(Node words) {
        card.add(words);
        return this;
    }

    /** A field; the name is the one that the appliance uses for it in a refusal. */
    public FormDialog field(String name, FormField field) {
        fields.put(name, field);
        card.add(field);
        return this;
    }

    /**
     * A line that is judged while it is typed; the button stays grey while something is wrong.
     *
     * @param label the key of its label; its hint has the same with {@code .hint}
     * @param problem the key of what is wrong with it so far, if anything is
     */
    public FormDialog checked(
            String name,
            String label,
            TextInputControl input,
            Function<String, Optional<String>> problem) {
        var field = new FormField(context.text(label), context.text(label + ".hint"), input);
        input.textProperty()
                .addListener((_, _, typed) ->
                        field.error(
                                typed.isEmpty()
                                        ? ""
                                        : problem.apply(typed).map(context::text).orElse("")));
        return field(name, field)
                .incompleteWhile(
                        Bindings.createBooleanBinding(
                                () -> problem.apply(input.getText()).isPresent(),
                                input.textProperty()));
    }

    /** The button stays grey while that holds. */
    public FormDialog incompleteWhile(ObservableValue<Boolean> condition) {
        incomplete = condition;
        return this;
    }

    /**
     * Opens it.
     *
     * @param action the word on the button: a verb
     * @param first what has the focus
     * @param send sends the form; it is given what to run when it was acknowledged
     */
    public void open(String action, Node first, Consumer<Runnable> send) {
        submission.reset();
        var button =
                Buttons.primary(
                        id + ".submit",
                        action,
                        () -> send.accept(() -> context.dialogs().close(card)));
        var foot = new SubmitFoot(context, id, submission, button);
        foot.disableWhile(Bindings.createBooleanBinding(() -> incomplete.getValue(), incomplete));
        foot.putInto(card).focus(first);
        submission.trouble().addListener((_, _, _) -> showFieldErrors());
        context.dialogs().show(card);
    }

    private void showFieldErrors() {
        fields.forEach((name, field) -> field.error(submission.fieldError(name).orElse("")));
    }
}
