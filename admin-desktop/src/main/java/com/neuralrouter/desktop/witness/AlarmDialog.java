package com.neuralrouter.desktop.witness;

import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.SignedNote;

import javafx.beans.binding.Bindings;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import java.util.HexFormat;
import java.util.Optional;

/** What an alarm is about, and the only way to end it: save the evidence, then say so in words. */
final class AlarmDialog {
    private final WitnessModel model;
    private final ViewContext context;
    private final Alarm alarm;
    private final DialogCard card;
    private final VBox saved = new VBox(8);
    private Subscription following = Subscription.EMPTY;

    private AlarmDialog(WitnessModel model, ViewContext context, Alarm alarm) {
        this.model = model;
        this.context = context;
        this.alarm = alarm;
        card = new DialogCard("alarm", context.text("witness.alarm.title")).wide();
    }

    /** Opens it for the alarm that stands. */
    static void open(WitnessModel model, ViewContext context) {
        model.alarm().get().ifPresent(alarm -> new AlarmDialog(model, context, alarm).show());
    }

    private void show() {
        var close = Buttons.plain("alarm.close", context.text("ui.close"), this::close);
        var save = Buttons.primary("alarm.save", context.text("witness.alarm.save"), this::save);
        save.disableProperty().bind(model.saving().busy());
        var acknowledge =
                Buttons.danger(
                        "alarm.acknowledge.open",
                        context.text("witness.alarm.acknowledge"),
                        this::acknowledge);
        acknowledge
                .disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> model.saved().get().isEmpty(), model.saved()));
        acknowledge.setAccessibleHelp(context.text("witness.alarm.save_first"));
        model.saving().reset();
        following =
                model.saved()
                        .subscribe(_ -> showSaved())
                        .and(model.saving().trouble().subscribe(_ -> showSaved()));
        card.add(Texts.body(context.text("witness.kind." + alarm.kind().wire())))
                .add(fact("witness.alarm.raised", context.formats().utc(alarm.at())))
                .add(fact("witness.alarm.held", tree(alarm.held())))
                .add(fact("witness.alarm.shown", tree(alarm.shown())))
                .add(Texts.muted(context.text("witness.alarm.do")), saved)
                .buttons(close, save, acknowledge)
                .onCancel(() -> following.unsubscribe())
                .focus(save);
        context.dialogs().show(card);
    }

    private void close() {
        following.unsubscribe();
        context.dialogs().close(card);
    }

    private void save() {
        context.files()
                .choose(context.text("witness.alarm.save"), Evidence.fileName(alarm))
                .ifPresent(file -> model.saveEvidence(file, () -> {}));
    }

    private void acknowledge() {
        var question =
                new TypedConfirmDialog.Question(
                        context.text("witness.acknowledge.title"),
                        context.text("witness.acknowledge.consequence"),
                        context.text("witness.acknowledge.sentence"),
                        context.text("witness.acknowledge.action"));
        TypedConfirmDialog.open(
                context,
                "alarm.acknowledge",
                question,
                model.acknowledging(),
                done -> model.acknowledge(question.name(), untold -> ended(done, untold)));
    }

    private void ended(Runnable done, Optional<Trouble> untold) {
        done.run();
        close();
        untold.ifPresentOrElse(
                trouble -> context.notices().failure("witness.acknowledged.untold", trouble),
                () -> context.notices().success("witness.acknowledged"));
    }

    private void showSaved() {
        saved.getChildren().clear();
        model.saving()
                .trouble()
                .get()
                .ifPresent(trouble ->
                        saved.getChildren()
                                .add(new ProblemView("alarm.save.problem", context, trouble)));
        model.saved()
                .get()
                .ifPresent(where -> {
                    var text =
                            context.text(
                                    "witness.alarm.saved", where.file().toString(), where.sha256());
                    saved.getChildren().add(new Banner("alarm.saved", Tone.SUCCESS, text));
                });
    }

    private VBox fact(String key, String value) {
        var text = Texts.mono(value);
        text.setWrapText(true);
        return new VBox(3, Texts.caption(context.text(key)), text);
    }

    private String tree(Alarm.Side side) {
        try {
            Checkpoint tree = Checkpoint.parse(SignedNote.parse(side.note()).text());
            return context.text(
                    "witness.alarm.tree",
                    tree.origin(),
                    context.formats().number(tree.size()),
                    HexFormat.of().formatHex(tree.root()));
        } catch (MalformedNote notOne) {
            return context.text(
                    side.note().isEmpty() ? "witness.alarm.nothing" : "witness.alarm.unreadable");
        }
    }
}
