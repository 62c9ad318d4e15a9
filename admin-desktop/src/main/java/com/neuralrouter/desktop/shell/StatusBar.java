package com.neuralrouter.desktop.shell;

import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.witness.LogPill;

import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the connection is, which appliance this is, how far its state has come, and the time. */
final class StatusBar {
    private final ViewContext context;
    private final HBox node = new HBox();
    private final StatusPill pill;
    private final StatusPill alerts = new StatusPill(Tone.DANGER, "");
    private final Label appliance = Texts.caption("");
    private final Label snapshot = Texts.caption("");
    private final Label audit = Texts.caption("");
    private final Label clock = Texts.mono("");
    private final Cancellable ticking;

    StatusBar(Session session) {
        context = session.view();
        pill = new StatusPill(Tone.NEUTRAL, context.text("shell.connection.connecting"));
        pill.setId("status.connection");
        alerts.setId("status.alerts");
        alerts.setVisible(false);
        alerts.setManaged(false);
        appliance.setId("status.appliance");
        snapshot.setId("status.snapshot");
        snapshot.setTooltip(new Tooltip(context.text("shell.status.snapshot.help")));
        audit.setId("status.audit");
        clock.setId("status.clock");
        var log = new LogPill(session.witness(), context).node();
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        node.getStyleClass().add("status-bar");
        node.getChildren().addAll(pill, alerts, appliance, gap, snapshot, audit, log, clock);
        session.connection().state().addListener((_, _, state) -> show(state));
        session.connection()
                .status()
                .state()
                .addListener((_, _, load) -> load.known().ifPresent(this::show));
        show(session.connection().state().get());
        tell();
        ticking = context.ticker().every(Duration.ofSeconds(1), this::tell);
    }

    HBox node() {
        return node;
    }

    void stop() {
        ticking.cancel();
    }

    private void tell() {
        clock.setText(context.formats().utcClock(Instant.now(context.clock())));
    }

    private void show(Connection state) {
        switch (state) {
            case Connection.Connecting() ->
                    pill.show(Tone.NEUTRAL, context.text("shell.connection.connecting"));
            case Connection.Online(Instant _) ->
                    pill.show(Tone.SUCCESS, context.text("shell.connection.online"));
            case Connection.Reconnecting _ ->
                    pill.show(Tone.WARNING, context.text("shell.connection.reconnecting"));
            case Connection.Refused _ ->
                    pill.show(Tone.DANGER, context.text("shell.connection.refused"));
        }
    }

    private void show(ApplianceStatus status) {
        var formats = context.formats();
        alerts.setVisible(!status.alerts().isEmpty());
        alerts.setManaged(!status.alerts().isEmpty());
        alerts.show(
                Tone.DANGER,
                status.alerts().stream()
                        .sorted()
                        .map(each -> context.text("shell.alert." + name(each)))
                        .collect(Collectors.joining(" · ")));
        appliance.setText(context.text("shell.status.appliance", status.name(), status.version()));
        snapshot.setText(context.text("shell.status.snapshot", formats.number(status.snapshot())));
        audit.setText(context.text("shell.status.audit", formats.number(status.auditEntries())));
    }

    private static String name(ApplianceStatus.Alert alert) {
        return alert.name().toLowerCase(Locale.ROOT);
    }
}
