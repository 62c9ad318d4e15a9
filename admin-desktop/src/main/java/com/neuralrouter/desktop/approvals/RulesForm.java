package com.neuralrouter.desktop.approvals;

import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Asks which changes need a second person, and how long a proposal waits. */
final class RulesForm {
    private static final double GAP = 8;

    private final ApprovalsViewModel model;
    private final ViewContext context;
    private final Map<ChangeKind, CheckBox> kinds = new EnumMap<>(ChangeKind.class);
    private final TextField hours = new TextField();

    RulesForm(ApprovalsViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        hours.setId("approvals.rules.hours");
        for (ChangeKind kind : ChangeKind.values()) {
            var name = kind.name().toLowerCase(Locale.ROOT);
            var box = new CheckBox(text("kind." + name));
            box.setId("approvals.rules." + name);
            kinds.put(kind, box);
        }
    }

    void open(ApprovalRules rules) {
        var submission = model.submission();
        kinds.forEach((kind, box) -> box.setSelected(rules.demand(kind)));
        follow(ChangeKind.INVITATION);
        follow(ChangeKind.APPROVAL_RULES);
        hours.setText(Integer.toString(rules.validHours()));
        new FormDialog(context, "approvals.rules.form", text("rules.title"), submission)
                .say(text("rules.say"))
                .note(new VBox(GAP, kinds.values().toArray(CheckBox[]::new)))
                .checked(
                        "validHours",
                        "approvals.rules.hours",
                        hours,
                        ApprovalsViewModel::hoursProblem)
                .open(
                        text("rules.submit"),
                        hours,
                        close -> model.setRules(submission, wanted(), close));
    }

    /** These two need a second person as soon as anything else does. */
    private void follow(ChangeKind kind) {
        var box = kinds.get(kind);
        var others =
                kinds.entrySet().stream()
                        .filter(each -> !implied(each.getKey()))
                        .map(Map.Entry::getValue)
                        .toArray(CheckBox[]::new);
        if (box == null) {
            return;
        }
        var any = Bindings.createBooleanBinding(() -> anySelected(others), selected(others));
        box.disableProperty().bind(any);
        any.subscribe(now -> {
            if (now) {
                box.setSelected(true);
            }
        });
    }

    private static boolean implied(ChangeKind kind) {
        return kind == ChangeKind.INVITATION || kind == ChangeKind.APPROVAL_RULES;
    }

    private static boolean anySelected(CheckBox[] boxes) {
        for (CheckBox each : boxes) {
            if (each.isSelected()) {
                return true;
            }
        }
        return false;
    }

    private static Observable[] selected(CheckBox[] boxes) {
        return Arrays.stream(boxes).map(CheckBox::selectedProperty).toArray(Observable[]::new);
    }

    private ApprovalRules wanted() {
        return new ApprovalRules(
                kinds.entrySet().stream()
                        .filter(each -> each.getValue().isSelected())
                        .map(Map.Entry::getKey)
                        .toList(),
                Integer.parseInt(hours.getText().strip()));
    }

    private String text(String key) {
        return context.text("approvals." + key);
    }
}
