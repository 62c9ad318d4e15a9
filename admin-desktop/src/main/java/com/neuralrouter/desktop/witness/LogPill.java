package com.neuralrouter.desktop.witness;

import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.control.Button;

import java.util.Optional;

/** How the last look at the audit log ended, in one word of the status bar; opens the details. */
public final class LogPill {
    private final WitnessModel model;
    private final ViewContext context;
    private final StatusPill pill;
    private final Button node;

    public LogPill(WitnessModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        pill = new StatusPill(Tone.NEUTRAL, "");
        node = Buttons.plain("status.log", "", () -> LogDialog.open(model, context));
        node.getStyleClass().addAll("pill-button", "flat");
        node.setGraphic(pill);
        model.last()
                .addListener((_, _, look) -> {
                    show();
                    look.filter(each -> each.outcome() instanceof Outcome.FirstSeen)
                            .ifPresent(_ -> context.notices().info("witness.first"));
                });
        model.alarm().addListener((_, _, _) -> show());
        show();
    }

    public Button node() {
        return node;
    }

    private void show() {
        if (model.alarm().get().isPresent()) {
            show(Tone.DANGER, context.text("witness.pill.alarm"));
            return;
        }
        Optional<WitnessModel.Look> last = model.last().get();
        if (last.isEmpty()) {
            show(Tone.NEUTRAL, context.text("witness.pill.none"));
            return;
        }
        switch (last.get().outcome()) {
            case Outcome.FirstSeen _ -> show(Tone.INFO, context.text("witness.pill.first"));
            case Outcome.Consistent _ ->
                    show(
                            Tone.SUCCESS,
                            context.text(
                                    "witness.pill.good", context.formats().time(last.get().at())));
            case Outcome.Unchecked _, Outcome.Alarmed _ ->
                    show(Tone.WARNING, context.text("witness.pill.unchecked"));
        }
    }

    private void show(Tone tone, String word) {
        pill.show(tone, word);
        node.setAccessibleText(word);
    }
}
