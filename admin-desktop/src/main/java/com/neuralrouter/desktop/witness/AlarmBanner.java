package com.neuralrouter.desktop.witness;

import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.layout.VBox;

import java.util.Optional;

/** The red line over every screen while an alarm stands. It has no button that takes it away. */
public final class AlarmBanner {
    private final WitnessModel model;
    private final ViewContext context;
    private final VBox node = new VBox();

    public AlarmBanner(WitnessModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        model.alarm()
                .addListener((_, before, now) -> {
                    show(now);
                    if (before.isEmpty() && now.isPresent()) {
                        context.notices().warning("witness.banner");
                    }
                });
        show(model.alarm().get());
    }

    /** Empty while no alarm stands. */
    public VBox node() {
        return node;
    }

    private void show(Optional<Alarm> alarm) {
        node.getChildren().clear();
        alarm.ifPresent(_ -> {
            var banner = new Banner("alarm.banner", Tone.DANGER, context.text("witness.banner"));
            banner.getStyleClass().addAll("wide", "alarm");
            banner.action(
                    Buttons.plain(
                            "alarm.open",
                            context.text("witness.banner.open"),
                            () -> AlarmDialog.open(model, context)));
            node.getChildren().add(banner);
        });
    }
}
