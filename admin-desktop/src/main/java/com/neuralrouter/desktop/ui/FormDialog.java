package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Submission;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final double GAP = 12;

    /** Fields side by side begin as wide as each other, and share what there is. */
    private static final double EQUAL = 1;

    private final ViewContext context;
    private final String id;
    private final Submission submission;
    private final DialogCard card;
    private final Map<String, FormField> fields = new LinkedHashMap<>();
    private final List<ObservableValue<Boolean>> incomplete = new ArrayList<>();
    private boolean takesAway;
    private Optional<HBox> line = Optional.empty();

    public FormDialog(ViewContext context, String id, String title, Submission submission) {
        this.context = context;
        this.id = id;
        this.submission = submission;
        card = new DialogCard(id, title);
    }

    /** Makes room for long lines. */
    public FormDialog wide() {
        card.wide();
        return this;
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
        line.ifPresentOrElse(
                beside -> {
                    HBox.setHgrow(field, Priority.ALWAYS);
                    field.setPrefWidth(EQUAL);
                    beside.getChildren().add(field);
                },
                () -> card.add(field));
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

    /** The next fields stand side by side. */
    public FormDialog beginLine() {
        var beside = new HBox(GAP);
        card.add(beside);
        line = Optional.of(beside);
        return this;
    }

    /** The next fields stand below again. */
    public FormDialog endLine() {
        line = Optional.empty();
        return this;
    }

    /** What it sends takes something away. */
    public FormDialog takesAway() {
        takesAway = true;
        return this;
    }

    /** The button stays grey while that holds, or any other that was given. */
    public FormDialog incompleteWhile(ObservableValue<Boolean> condition) {
        incomplete.add(condition);
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
        open(new SimpleStringProperty(action), first, send);
    }

    /** The same, where the word on the button can become another. */
    public void open(ObservableValue<String> action, Node first, Consumer<Runnable> send) {
        submission.reset();
        Runnable submit = () -> send.accept(() -> context.dialogs().close(card));
        var button =
                takesAway
                        ? Buttons.danger(id + ".submit", action.getValue(), submit)
                        : Buttons.primary(id + ".submit", action.getValue(), submit);
        button.textProperty().bind(action);
        var foot = new SubmitFoot(context, id, submission, button);
        foot.disableWhile(
                Bindings.createBooleanBinding(
                        () -> incomplete.stream().anyMatch(ObservableValue::getValue),
                        incomplete.toArray(Observable[]::new)));
        foot.putInto(card).focus(first);
        submission.trouble().addListener((_, _, _) -> showFieldErrors());
        context.dialogs().show(card);
    }

    private void showFieldErrors() {
        fields.forEach((name, field) -> field.error(submission.fieldError(name).orElse("")));
    }
}
