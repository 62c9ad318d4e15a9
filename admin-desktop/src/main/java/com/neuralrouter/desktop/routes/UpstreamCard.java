package com.neuralrouter.desktop.routes;

import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.contract.Route.Upstream;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/** One upstream of a route: its place in the order, its health, and what requests met there. */
final class UpstreamCard extends VBox {
    private final ViewContext context;

    UpstreamCard(String id, ViewContext context, int place, Upstream upstream) {
        this.context = context;
        setId(id);
        getStyleClass().addAll("card", "upstream");
        var health = upstream.health();
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var name = Texts.body(place + ". " + upstream.providerName());
        name.getStyleClass().add("row-title");
        var head =
                new HBox(
                        8,
                        name,
                        gap,
                        new StatusPill(tone(health.state()), word(context, health.state())));
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren()
                .addAll(
                        head,
                        Texts.mono(upstream.model()),
                        Texts.muted(
                                text(
                                        "attempts",
                                        health.attempts(),
                                        health.failures(),
                                        ago(health.lastSuccessAt()))));
        addChoice(upstream);
        addLastFailure(health);
    }

    /** What the route says about it, where that is not the usual. */
    private void addChoice(Upstream upstream) {
        var words = new ArrayList<String>();
        if (upstream.use() != Use.ALWAYS) {
            words.add(
                    text(
                            "use." + upstream.use().name().toLowerCase(Locale.ROOT),
                            upstream.percent()));
        }
        if (upstream.weight() != 1) {
            words.add(text("weight", upstream.weight()));
        }
        if (!words.isEmpty()) {
            getChildren().add(Texts.body(String.join(", ", words)));
        }
        var when = upstream.when();
        if (when != null) {
            var condition = Texts.mono(text("when", when));
            condition.setWrapText(true);
            getChildren().add(condition);
        }
    }

    private void addLastFailure(Health health) {
        var at = health.lastFailureAt();
        var why = health.lastFailure();
        if (at != null && why != null) {
            getChildren().add(Texts.muted(text("last_failure", ago(at), why)));
        }
    }

    static Tone tone(HealthState state) {
        return switch (state) {
            case UNKNOWN -> Tone.NEUTRAL;
            case HEALTHY -> Tone.SUCCESS;
            case FAILING -> Tone.DANGER;
        };
    }

    static String word(ViewContext context, HealthState state) {
        return context.text("routes.health." + state.name().toLowerCase(Locale.ROOT));
    }

    private String ago(@Nullable Instant at) {
        return at == null ? text("never") : context.formats().ago(at, Instant.now(context.clock()));
    }

    private String text(String key, Object... values) {
        return context.text("routes." + key, values);
    }
}
