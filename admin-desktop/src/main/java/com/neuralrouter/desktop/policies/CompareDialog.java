package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.i18n.FieldText;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.Differences;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.stream.Stream;

/** Says rule by rule what is different between two versions of a policy. */
final class CompareDialog {
    private static final double GAP = 12;

    private final PoliciesViewModel model;
    private final ViewContext context;
    private final DialogCard card;
    private final Choice<Long> from;
    private final Choice<Long> to;
    private final VBox result = new VBox(GAP);
    private Cancellable asking = Cancellable.NOTHING;

    private CompareDialog(PoliciesViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        card = new DialogCard("policies.compare.dialog", text("compare.title")).wide();
        from = new Choice<>("policies.compare.from", this::words);
        to = new Choice<>("policies.compare.to", this::words);
        result.setId("policies.compare.result");
    }

    static void open(PoliciesViewModel model, ViewContext context, PolicyVersion version) {
        new CompareDialog(model, context).show(version);
    }

    private void show(PolicyVersion version) {
        var numbers =
                model.loader().known().stream()
                        .flatMap(List::stream)
                        .map(PolicyVersion::number)
                        .toList();
        from.getItems().setAll(Stream.concat(numbers.stream(), Stream.of(0L)).toList());
        to.getItems().setAll(numbers);
        from.setValue(version.number() - 1);
        to.setValue(version.number());
        from.setOnAction(_ -> compare());
        to.setOnAction(_ -> compare());
        var close =
                Buttons.primary("policies.compare.close", context.text("ui.close"), this::close);
        card.add(
                        new HBox(
                                GAP,
                                new FormField(text("compare.from"), "", from),
                                new FormField(text("compare.to"), "", to)),
                        result)
                .buttons(close)
                .focus(close)
                .onCancel(() -> asking.cancel());
        context.dialogs().show(card);
        compare();
    }

    private void compare() {
        asking.cancel();
        result.getChildren().setAll(Texts.muted(context.text("ui.loading")));
        asking = model.compare(from.getValue(), to.getValue(), this::show);
    }

    private void show(Answer<PolicyDiff> answer) {
        result.getChildren()
                .setAll(
                        switch (answer) {
                            case Answer.Ok<PolicyDiff>(PolicyDiff diff) ->
                                    new Differences(
                                            FieldText.lines(
                                                    diff.fields(),
                                                    diff.differences(),
                                                    context.messages()),
                                            text("compare.none"));
                            case Answer.Refused<PolicyDiff>(var trouble) ->
                                    new ProblemView("policies.compare.problem", context, trouble)
                                            .retry(this::compare);
                        });
    }

    private void close() {
        asking.cancel();
        context.dialogs().close(card);
    }

    private String words(long number) {
        return number == 0 ? text("compare.no_rules") : text("version", number);
    }

    private String text(String key, Object... values) {
        return context.text("policies." + key, values);
    }
}
