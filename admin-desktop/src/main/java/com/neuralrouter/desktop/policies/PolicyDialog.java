package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.desktop.i18n.FieldText;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.material2.Material2MZ;

/** Where the rules of a policy are written, tried on the last weeks, and put in force. */
final class PolicyDialog {
    private static final double GAP = 12;
    private static final int ROWS = 9;

    private final PolicyEdit edit;
    private final ViewContext context;
    private final TextArea rules = new TextArea();
    private final TextField note = new TextField();

    private PolicyDialog(PolicyEdit edit, ViewContext context) {
        this.edit = edit;
        this.context = context;
        rules.setId("policies.edit.rules");
        rules.getStyleClass().add("mono-input");
        rules.setPrefRowCount(ROWS);
        rules.setEditable(!edit.restores());
        rules.textProperty().bindBidirectional(edit.text());
        note.setId("policies.edit.note");
    }

    static void open(PolicyEdit edit, ViewContext context) {
        new PolicyDialog(edit, context).show();
    }

    private void show() {
        var form = new FormDialog(context, "policies.edit", title(), edit.submission()).wide();
        form.say(text(edit.restores() ? "edit.say.restore" : "edit.say"));
        if (!edit.restores()) {
            form.note(adder());
        }
        var field = new FormField(text("edit.rules"), text("edit.rules.hint"), rules);
        rules.textProperty().subscribe(_ -> field.error(problem()));
        form.field("policy", field)
                .note(trial())
                .checked("note", "policies.edit.note", note, PolicyEdit::noteProblem)
                .incompleteWhile(edit.isReady().not())
                .open(
                        Bindings.when(edit.isProposed())
                                .then(text("edit.propose"))
                                .otherwise(text("edit.put_in_force")),
                        rules,
                        close -> edit.send(note.getText(), close));
    }

    private String title() {
        return edit.restores()
                ? text("edit.title.restore", edit.draft().restores())
                : text("edit.title");
    }

    private String problem() {
        return edit.problem()
                .map(wrong -> text("edit.wrong", wrong.line(), wrong.problem()))
                .orElse("");
    }

    /** Teaches which rules there are, and how each is written. */
    private Choice<String> adder() {
        var choice =
                new Choice<String>(
                        "policies.edit.add", rule -> FieldText.name(rule, context.messages()));
        choice.setAccessibleText(text("edit.add"));
        choice.setPromptText(text("edit.add"));
        choice.getItems().setAll(PolicyText.rules());
        choice.setOnAction(_ -> {
            var rule = choice.getValue();
            if (rule != null) {
                edit.add(rule);
            }
        });
        return choice;
    }

    private Node trial() {
        var pane = new TrialPane(context);
        var state =
                new StateView<>("policies.trial", context, edit.trial(), edit::tryOut)
                        .content(pane, pane::show);
        var shown = edit.trial().state().map(load -> !(load instanceof Load.Idle<PolicyTrial>));
        state.visibleProperty().bind(shown);
        state.managedProperty().bind(shown);
        var button =
                Buttons.with(
                        Material2MZ.PLAY_ARROW,
                        Buttons.plain("policies.edit.try", text("edit.try"), edit::tryOut));
        button.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> edit.problem().isPresent() || edit.trial().busy().get(),
                                edit.text(),
                                edit.trial().busy()));
        var words = Texts.muted(text("edit.try.text", PolicyEdit.DAYS));
        var line = new HBox(GAP, button, words);
        button.setMinWidth(Region.USE_PREF_SIZE);
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(GAP, line, state);
    }

    private String text(String key, Object... values) {
        return context.text("policies." + key, values);
    }
}
