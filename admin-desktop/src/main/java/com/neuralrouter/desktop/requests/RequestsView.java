package com.neuralrouter.desktop.requests;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestCosts;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Allowed;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows requests as they come, as metadata, with the details of the selected one. */
public final class RequestsView {
    private final RequestsViewModel model;
    private final ViewContext context;
    private final Allowed mayReadContent;
    private final Label count = Texts.muted("");

    public RequestsView(RequestsViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        mayReadContent = connection.may(Permission.CONTENT_READ);
        this.context = context;
        count.setId("requests.count");
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("requests", context, model, Material2MZ.SYNC_ALT, columns())
                .identifiedBy(RequestSummary::position)
                .spare("key", "provider", "tokens", "duration", "model", "time")
                .detail(this::detail)
                .alsoShow(this::tellCount)
                .searched(model.search())
                .tools(outcomes(), live(), count)
                .action(
                        pauseButton(),
                        new UiCommand(
                                "requests.pause",
                                "requests.pause_or_resume",
                                Shortcut.of("Shortcut+P"),
                                new SimpleBooleanProperty(true),
                                this::pauseOrResume));
    }

    private void tellCount(List<RequestSummary> all) {
        int matching = model.rows(all).size();
        count.setText(
                text(matching == all.size() ? "count" : "count.filtered", all.size(), matching));
    }

    private void pauseOrResume() {
        model.paused().set(!model.paused().get());
    }

    private Button pauseButton() {
        var button =
                Buttons.with(
                        Material2MZ.PAUSE,
                        Buttons.plain("requests.pause", text("pause"), this::pauseOrResume));
        var icon = (FontIcon) button.getGraphic();
        model.paused()
                .addListener((_, _, paused) -> {
                    button.setText(text(paused ? "resume" : "pause"));
                    icon.setIconCode(paused ? Material2MZ.PLAY_ARROW : Material2MZ.PAUSE);
                });
        return button;
    }

    private StatusPill live() {
        var live = new StatusPill(Tone.SUCCESS, text("live"));
        live.setId("requests.live");
        model.paused()
                .addListener((_, _, paused) ->
                        live.show(
                                paused ? Tone.WARNING : Tone.SUCCESS,
                                text(paused ? "paused" : "live")));
        return live;
    }

    private Choice<Optional<Outcome>> outcomes() {
        var choice = new Choice<Optional<Outcome>>("requests.outcome", this::choice);
        choice.setAccessibleText(text("column.outcome"));
        choice.getItems()
                .setAll(
                        Stream.concat(
                                        Stream.of(Optional.<Outcome>empty()),
                                        Stream.of(Outcome.values()).map(Optional::of))
                                .toList());
        choice.valueProperty().bindBidirectional(model.outcome());
        return choice;
    }

    private String choice(Optional<Outcome> outcome) {
        return outcome.map(each ->
                        each == Outcome.FAILED ? text("outcome.failed_or_refused") : word(each))
                .orElseGet(() -> text("outcome.all"));
    }

    private List<Column<RequestSummary>> columns() {
        return List.of(
                Column.of(
                                "time",
                                text("column.time"),
                                100,
                                Look.TEXT,
                                (RequestSummary each) -> context.formats().time(each.startedAt()))
                        .sortedBy(RequestSummary::position),
                Column.of(
                        "workspace",
                        text("column.workspace"),
                        150,
                        Look.STRONG,
                        RequestSummary::workspaceName),
                Column.of("key", text("column.key"), 130, Look.TEXT, RequestSummary::apiKeyName),
                Column.of("model", text("column.model"), 130, Look.TEXT, this::model),
                Column.of(
                        "provider",
                        text("column.provider"),
                        105,
                        Look.MUTED,
                        each -> orDash(each.provider())),
                Column.pills(
                        "outcome", text("column.outcome"), 150, this::word, RequestsView::tone),
                Column.of(
                                "duration",
                                text("column.duration"),
                                85,
                                Look.NUMBER,
                                (RequestSummary each) ->
                                        context.formats().latency(each.durationMicros()))
                        .sortedBy(RequestSummary::durationMicros),
                Column.of(
                                "tokens",
                                text("column.tokens"),
                                100,
                                Look.NUMBER,
                                (RequestSummary each) -> tokens(each))
                        .sortedBy(each -> each.inputTokens() + each.outputTokens()));
    }

    private DetailPane detail(RequestSummary each) {
        var formats = context.formats();
        var problem = each.problem();
        var pane =
                new DetailPane("requests.detail", context, text("detail"))
                        .copyable("id", context.text("ui.request_id"), each.id().toString())
                        .node(text("column.outcome"), new StatusPill(tone(each), word(each)))
                        .fact(text("status"), Integer.toString(each.status()));
        if (problem != null) {
            pane.copyable("problem", text("problem"), problem.wire())
                    .fact(text("meaning"), problem.title());
        }
        return pane.fact(
                        text("guardrails"),
                        GuardrailWords.of(context.messages(), each.guardrails()))
                .fact(text("started"), formats.dateTime(each.startedAt()))
                .fact(text("started_utc"), formats.utc(each.startedAt()))
                .fact(text("column.workspace"), each.workspaceName())
                .fact(text("column.key"), each.apiKeyName())
                .fact(text("column.model"), model(each))
                .fact(text("column.provider"), orDash(each.provider()))
                .fact(text("served_model"), orDash(each.servedModel()))
                .fact(text("form"), text(each.stream() ? "form.stream" : "form.whole"))
                .fact(text("attempts"), formats.number(each.attempts()))
                .fact(
                        text("first_byte"),
                        each.firstByteMicros() == 0
                                ? text("none")
                                : formats.latency(each.firstByteMicros()))
                .fact(text("column.duration"), formats.latency(each.durationMicros()))
                .fact(text("input_tokens"), formats.number(each.inputTokens()))
                .fact(text("output_tokens"), formats.number(each.outputTokens()))
                .fact(
                        text("counted"),
                        text(each.tokensEstimated() ? "counted.estimate" : "counted.provider"))
                .fact(text("cost"), cost(each.costs()))
                .fact(text("price_book"), orDash(each.costs().priceBook()))
                .fact(text("cached"), formats.number(each.costs().cachedInputTokens()))
                .fact(text("reasoning"), formats.number(each.costs().reasoningTokens()))
                .fact(text("queue"), formats.latency(each.costs().queueMicros()))
                .fact(text("jurisdiction"), orDash(each.jurisdiction()))
                .fact(text("region"), orDash(each.region()))
                .copyable("policy", text("policy"), orDash(each.policy()))
                .fact(text("position"), Long.toString(each.position()))
                .actions(actions(each));
    }

    private Button[] actions(RequestSummary each) {
        var why =
                Buttons.with(
                        Material2AL.HELP_OUTLINE,
                        Buttons.plain(
                                "requests.explain",
                                text("explain"),
                                () -> ExplanationDialog.open(model, context, each)));
        var receipt =
                Buttons.with(
                        Material2OutlinedAL.FACT_CHECK,
                        Buttons.plain(
                                "requests.receipt",
                                text("receipt"),
                                () -> ReceiptDialog.open(model, context, each)));
        var content =
                Buttons.with(
                        Material2MZ.VISIBILITY,
                        Buttons.plain(
                                "requests.content",
                                text("content"),
                                () -> ContentDialog.open(model, context, each)));
        return new Button[] {why, receipt, Buttons.allowedWhile(mayReadContent, context, content)};
    }

    private String cost(RequestCosts costs) {
        var micros = costs.costMicros();
        var currency = costs.currency();
        return micros == null || currency == null
                ? text("cost.unknown")
                : context.formats().money(micros, currency);
    }

    private String tokens(RequestSummary each) {
        var formats = context.formats();
        return formats.number(each.inputTokens()) + " / " + formats.number(each.outputTokens());
    }

    private String orDash(@Nullable String words) {
        return words == null ? text("none") : words;
    }

    /** Absent where a name was asked for that the key has no model of: such names are not kept. */
    private String model(RequestSummary each) {
        return each.model().isEmpty() ? text("none") : each.model();
    }

    private String word(RequestSummary each) {
        return each.refused() ? text("outcome.refused") : word(each.outcome());
    }

    private String word(Outcome outcome) {
        return text("outcome." + outcome.name().toLowerCase(Locale.ROOT));
    }

    private static Tone tone(RequestSummary each) {
        return switch (each.outcome()) {
            case COMPLETED -> Tone.SUCCESS;
            case FAILED -> each.refused() ? Tone.WARNING : Tone.DANGER;
            case PROVIDER_BROKE -> Tone.DANGER;
            case CLIENT_GONE, SHADOWED -> Tone.NEUTRAL;
            case INTERRUPTED -> Tone.WARNING;
        };
    }

    private String text(String key, Object... values) {
        return context.text("requests." + key, values);
    }
}
