package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Submission;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The foot of a dialog that sends something: Cancel, the sending button, a wheel while it is under
 * way, and the reason above them when it was refused. What a second person must approve can be
 * proposed from here.
 */
final class SubmitFoot {
    private static final double GAP = 12;

    private final ViewContext context;
    private final String id;
    private final Submission submission;
    private final Button send;
    private final Button propose;
    private final TextField note = new TextField();
    private final StackPane problem = new StackPane();
    private final ProgressIndicator wheel = new ProgressIndicator();

    SubmitFoot(ViewContext context, String id, Submission submission, Button send) {
        this.context = context;
        this.id = id;
        this.submission = submission;
        this.send = send;
        propose =
                Buttons.primary(
                        id + ".propose",
                        context.text("ui.propose"),
                        () -> submission.propose(note.getText()));
        note.setId(id + ".propose.note");
        send.disableProperty().bind(submission.busy());
        wheel.getStyleClass().add("small-wheel");
        wheel.setAccessibleText(context.text("ui.loading"));
        wheel.visibleProperty().bind(submission.busy());
        submission.trouble().addListener((_, _, _) -> showTrouble());
        showTrouble();
    }

    /** The button stays grey while that holds. */
    void disableWhile(ObservableValue<Boolean> incomplete) {
        send.disableProperty().unbind();
        send.disableProperty()
                .bind(
                        javafx.beans.binding.Bindings.createBooleanBinding(
                                () -> submission.busy().get() || incomplete.getValue(),
                                submission.busy(),
                                incomplete));
    }

    DialogCard putInto(DialogCard card) {
        var cancel =
                Buttons.plain(
                        id + ".cancel",
                        context.text("ui.cancel"),
                        () -> {
                            submission.reset();
                            context.dialogs().close(card);
                        });
        return card.add(problem)
                .buttons(cancel, send, propose)
                .onCancel(submission::reset)
                .wheel(wheel);
    }

    private void showTrouble() {
        problem.getChildren().clear();
        boolean second = submission.needsSecondPerson();
        offer(send, !second);
        offer(propose, second);
        if (second) {
            problem.getChildren().add(secondPerson());
        } else {
            showRefusal();
        }
        boolean any = !problem.getChildren().isEmpty();
        problem.setVisible(any);
        problem.setManaged(any);
        if (second) {
            note.requestFocus();
        }
    }

    private static void offer(Button button, boolean offered) {
        button.setVisible(offered);
        button.setManaged(offered);
        button.setDefaultButton(offered);
    }

    /** Not a failure: what is to be done about it is done here. */
    private VBox secondPerson() {
        var words = new Banner(id + ".second_person", Tone.INFO, context.text("ui.second_person"));
        var field =
                new FormField(
                                context.text("ui.second_person.note"),
                                context.text("ui.second_person.note.hint"),
                                note)
                        .optional(context);
        return new VBox(GAP, words, field);
    }

    private void showRefusal() {
        submission
                .trouble()
                .get()
                .ifPresent(trouble ->
                        problem.getChildren()
                                .add(new ProblemView(id + ".problem", context, trouble)));
    }
}
