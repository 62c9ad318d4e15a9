package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Submission;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;

/**
 * The foot of a dialog that sends something: Cancel, the sending button, a wheel while it is under
 * way, and the reason above them when it was refused.
 */
final class SubmitFoot {
    private final ViewContext context;
    private final String id;
    private final Submission submission;
    private final Button send;
    private final StackPane problem = new StackPane();
    private final ProgressIndicator wheel = new ProgressIndicator();

    SubmitFoot(ViewContext context, String id, Submission submission, Button send) {
        this.context = context;
        this.id = id;
        this.submission = submission;
        this.send = send;
        send.setDefaultButton(true);
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
        return card.add(problem).buttons(cancel, send).onCancel(submission::reset).wheel(wheel);
    }

    private void showTrouble() {
        problem.getChildren().clear();
        submission
                .trouble()
                .get()
                .ifPresent(trouble ->
                        problem.getChildren()
                                .add(new ProblemView(id + ".problem", context, trouble)));
        boolean any = !problem.getChildren().isEmpty();
        problem.setVisible(any);
        problem.setManaged(any);
    }
}
