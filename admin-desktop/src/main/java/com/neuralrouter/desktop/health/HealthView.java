package com.neuralrouter.desktop.health;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Breach;
import com.neuralrouter.contract.ProviderHealth.Measure;
import com.neuralrouter.contract.ProviderHealth.Promise;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderHealth.Window;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;
import java.util.Locale;

/** Shows how the providers are doing, takes one out of service and puts it back. */
public final class HealthView {
    private final HealthViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;

    public HealthView(HealthViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.context = context;
        mayManage = connection.may(Permission.PROVIDERS_MANAGE);
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("health", context, model, Material2AL.FAVORITE_BORDER, columns())
                .identifiedBy(ProviderHealth::id)
                .spare("speed", "first_token", "errors", "availability", "requests")
                .detail(this::detail)
                .searched(model.search());
    }

    private List<Column<ProviderHealth>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 160, Look.STRONG, ProviderHealth::name),
                Column.pills(
                        "standing", text("column.standing"), 170, this::word, HealthView::tone),
                Column.of(
                                "requests",
                                text("column.requests"),
                                100,
                                Look.NUMBER,
                                (ProviderHealth each) ->
                                        context.formats().number(each.window().requests()))
                        .sortedBy(each -> each.window().requests()),
                Column.of(
                                "availability",
                                text("column.availability"),
                                110,
                                Look.NUMBER,
                                (ProviderHealth each) ->
                                        some(
                                                each,
                                                percent(each.window().availabilityThousandths())))
                        .sortedBy(each -> each.window().availabilityThousandths()),
                Column.of(
                                "errors",
                                text("column.errors"),
                                90,
                                Look.NUMBER,
                                (ProviderHealth each) ->
                                        some(each, percent(each.window().errorThousandths())))
                        .sortedBy(each -> each.window().errorThousandths()),
                Column.of(
                                "first_token",
                                text("column.first_token"),
                                110,
                                Look.NUMBER,
                                (ProviderHealth each) -> millis(each.window().firstTokenMillis()))
                        .sortedBy(each -> each.window().firstTokenMillis()),
                Column.of(
                                "speed",
                                text("column.speed"),
                                100,
                                Look.NUMBER,
                                (ProviderHealth each) -> speed(each.window().tokensPerSecond()))
                        .sortedBy(each -> each.window().tokensPerSecond()));
    }

    private DetailPane detail(ProviderHealth each) {
        var pane =
                new DetailPane("health.detail", context, each.name())
                        .node(text("column.standing"), new StatusPill(tone(each), word(each)));
        var since = each.since();
        var reason = each.reason();
        if (since != null && reason != null) {
            pane.fact(text("since"), context.formats().dateTime(since))
                    .fact(text(each.automatic() ? "by_itself" : "by_hand"), reason);
        }
        condition(pane, each);
        each.breaches().forEach(breach -> pane.fact(text("broken"), words(breach)));
        window(pane, each.window(), each.promise());
        var probe = each.lastProbe();
        pane.fact(
                text("probe"),
                probe == null
                        ? text("probe.none")
                        : text(
                                probe.good() ? "probe.good" : "probe.bad",
                                context.formats().dateTime(probe.at()),
                                probe.millis(),
                                probe.detail()));
        return pane.copyable("id", text("id"), each.id().toString()).actions(action(each));
    }

    private void condition(DetailPane pane, ProviderHealth each) {
        var last = each.lastAnswer();
        pane.fact(text("condition"), text("condition." + lower(each.condition())))
                .fact(
                        text("last_answer"),
                        last == null ? text("last_answer.none") : context.formats().dateTime(last));
    }

    private void window(DetailPane pane, Window window, @Nullable Promise promise) {
        pane.fact(text("window"), text("window.text", window.seconds(), window.requests()));
        if (window.requests() > 0) {
            pane.fact(
                            text("column.availability"),
                            percent(window.availabilityThousandths())
                                    + promised(
                                            promise == null ? 0 : promise.availabilityThousandths(),
                                            Measure.AVAILABILITY))
                    .fact(
                            text("column.errors"),
                            percent(window.errorThousandths())
                                    + promised(
                                            promise == null ? 0 : promise.errorThousandths(),
                                            Measure.ERRORS))
                    .fact(
                            text("column.first_token"),
                            millis(window.firstTokenMillis())
                                    + promised(
                                            promise == null ? 0 : promise.firstTokenMillis(),
                                            Measure.FIRST_TOKEN_MILLIS))
                    .fact(
                            text("column.speed"),
                            speed(window.tokensPerSecond())
                                    + promised(
                                            promise == null ? 0 : promise.tokensPerSecond(),
                                            Measure.TOKENS_PER_SECOND));
        }
        if (promise == null) {
            pane.fact(text("promise"), text("promise.none"));
        }
    }

    private Button action(ProviderHealth each) {
        boolean out = each.standing() == Standing.IN_SERVICE;
        var button =
                out
                        ? Buttons.with(
                                Material2MZ.PAUSE_CIRCLE_OUTLINE,
                                Buttons.danger("health.suspend", text("suspend"), () -> ask(each)))
                        : Buttons.with(
                                Material2MZ.PLAY_CIRCLE_OUTLINE,
                                Buttons.plain("health.resume", text("resume"), () -> ask(each)));
        return Buttons.allowedWhile(mayManage, context, button);
    }

    private void ask(ProviderHealth each) {
        boolean out = each.standing() == Standing.IN_SERVICE;
        var submission = model.submission();
        var reason = new TextField();
        reason.setId("health.reason");
        new FormDialog(
                        context,
                        "health.change",
                        text(out ? "suspend.title" : "resume.title", each.name()),
                        submission)
                .say(text(out ? "suspend.text" : "resume.text"))
                .checked("reason", "health.reason", reason, model::reasonProblem)
                .open(
                        text(out ? "suspend" : "resume"),
                        reason,
                        close -> model.change(submission, each, reason.getText(), close));
    }

    private String words(Breach breach) {
        return text("measure." + lower(breach.measure()))
                + ": "
                + value(breach.measure(), breach.observed())
                + promised(breach.promised(), breach.measure());
    }

    private String promised(long value, Measure measure) {
        return value == 0 ? "" : " " + text("promised", value(measure, value));
    }

    private String value(Measure measure, long value) {
        return switch (measure) {
            case AVAILABILITY, ERRORS -> percent(value);
            case FIRST_TOKEN_MILLIS -> millis(value);
            case TOKENS_PER_SECOND -> speed(value);
        };
    }

    private String some(ProviderHealth each, String words) {
        return each.window().requests() == 0 ? text("none") : words;
    }

    private String percent(long thousandths) {
        return text("percent", thousandths / 10.0);
    }

    private String millis(long millis) {
        return millis == 0 ? text("none") : context.formats().latency(millis * 1_000);
    }

    private String speed(long perSecond) {
        return perSecond == 0 ? text("none") : text("per_second", perSecond);
    }

    private String word(ProviderHealth each) {
        return text("standing." + lower(HealthViewModel.shown(each)));
    }

    private static Tone tone(ProviderHealth each) {
        return switch (HealthViewModel.shown(each)) {
            case SUSPENDED, DOWN -> Tone.DANGER;
            case RETURNING, DEGRADED, BROKEN -> Tone.WARNING;
            case UNASKED -> Tone.NEUTRAL;
            case IN_SERVICE -> Tone.SUCCESS;
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String text(String key, Object... values) {
        return context.text("health." + key, values);
    }
}
