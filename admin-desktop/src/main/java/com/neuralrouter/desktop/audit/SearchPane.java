package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.desktop.audit.AuditForm.Range;
import com.neuralrouter.desktop.client.AuditSearch.Term;
import com.neuralrouter.desktop.shell.Preferences.SavedView;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.Locale;
import java.util.Optional;

/**
 * What one searches the trail by: words, time, outcome, and one field for each thing in an entry.
 */
final class SearchPane {
    private static final Term[] EXACT = {
        Term.ACTOR, Term.WORKSPACE, Term.ACTION, Term.TARGET, Term.REQUEST
    };

    private final AuditViewModel model;
    private final ViewContext context;
    private final VBox node = new VBox(8);
    private final Choice<SavedView> views;
    private final ToggleButton more = new ToggleButton();

    SearchPane(AuditViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        views = new Choice<>("audit.views", SavedView::name);
        views.setAccessibleText(text("views"));
        views.setPromptText(text("views"));
        var exact = flow();
        for (Term term : EXACT) {
            exact.getChildren().add(field(term, 168));
            // What a saved search looks for is never out of sight.
            model.form()
                    .term(term)
                    .subscribe(text -> {
                        if (!text.isEmpty()) {
                            more.setSelected(true);
                        }
                    });
        }
        exact.visibleProperty().bind(more.selectedProperty());
        exact.managedProperty().bind(exact.visibleProperty());
        more.setText(text("more"));
        more.setId("audit.more");
        var between = new HBox(8, field(Term.SINCE, 220), field(Term.UNTIL, 220));
        between.visibleProperty().bind(model.form().range().isEqualTo(Range.BETWEEN));
        between.managedProperty().bind(between.visibleProperty());
        node.getChildren().addAll(first(), exact, between);
        HBox.setHgrow(node, Priority.ALWAYS);
    }

    Node node() {
        return node;
    }

    private FlowPane first() {
        var line =
                flow(
                        field(Term.TEXT, 240),
                        range(),
                        outcome(),
                        Buttons.primary("audit.search", text("search"), model::search),
                        Buttons.plain("audit.clear", text("clear"), this::clear),
                        more,
                        live(),
                        views(),
                        news());
        line.setRowValignment(VPos.CENTER);
        return line;
    }

    /** As high as it has to be at the width that there is. */
    private FlowPane flow(Node... nodes) {
        var flow = new FlowPane(8, 8, nodes);
        flow.prefWrapLengthProperty().bind(node.widthProperty());
        return flow;
    }

    private TextField field(Term term, double width) {
        var field = new TextField();
        field.setId("audit." + term.wire());
        field.setPromptText(text("term." + term.wire()));
        field.setAccessibleText(text("term." + term.wire()));
        field.setPrefWidth(width);
        field.textProperty().bindBidirectional(model.form().term(term));
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.search();
                event.consume();
            }
        });
        return field;
    }

    private Choice<Range> range() {
        var range = new Choice<Range>("audit.range", each -> text("range." + name(each)));
        range.setAccessibleText(text("range"));
        range.getItems().setAll(Range.values());
        range.valueProperty().bindBidirectional(model.form().range());
        return range;
    }

    private Choice<Optional<Outcome>> outcome() {
        var outcome =
                new Choice<Optional<Outcome>>(
                        "audit.outcome",
                        each ->
                                each.map(one -> text("outcome." + name(one)))
                                        .orElseGet(() -> text("outcome.any")));
        outcome.setAccessibleText(text("column.outcome"));
        outcome.getItems().add(Optional.empty());
        for (Outcome each : Outcome.values()) {
            outcome.getItems().add(Optional.of(each));
        }
        var term = model.form().term(Term.OUTCOME);
        outcome.setOnAction(_ ->
                term.set(
                        Optional.ofNullable(outcome.getValue())
                                .flatMap(each -> each)
                                .map(Outcome::name)
                                .orElse("")));
        term.subscribe(wanted ->
                outcome.setValue(
                        outcome.getItems().stream()
                                .filter(each -> each.map(Outcome::name).orElse("").equals(wanted))
                                .findFirst()
                                .orElse(Optional.empty())));
        return outcome;
    }

    private ToggleButton live() {
        var live = new ToggleButton(text("live"));
        live.setId("audit.live");
        live.setAccessibleText(text("live"));
        live.setAccessibleHelp(text("live.help"));
        live.selectedProperty().bindBidirectional(model.live());
        live.selectedProperty().subscribe(on -> live.setText(text(on ? "live.pause" : "live")));
        live.textProperty().subscribe(live::setAccessibleText);
        return live;
    }

    private Label news() {
        var news = Texts.muted("");
        news.setId("audit.news");
        model.news()
                .subscribe(count -> {
                    news.setText(count.intValue() == 0 ? "" : text("news", count));
                    news.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
                });
        return news;
    }

    private HBox views() {
        views.getItems().setAll(model.views().all());
        model.views()
                .all()
                .addListener(
                        (ListChangeListener<SavedView>)
                                _ -> views.getItems().setAll(model.views().all()));
        views.setOnAction(_ ->
                Optional.ofNullable(views.getValue())
                        .ifPresent(view -> {
                            model.views().fill(view, model.form());
                            model.search();
                        }));
        var forget =
                Buttons.plain(
                        "audit.views.forget",
                        text("views.forget"),
                        () ->
                                Optional.ofNullable(views.getValue())
                                        .map(SavedView::name)
                                        .ifPresent(model.views()::remove));
        forget.disableProperty().bind(views.valueProperty().isNull());
        var line =
                new HBox(
                        8,
                        views,
                        Buttons.plain("audit.views.keep", text("views.keep"), this::keep),
                        forget);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void clear() {
        views.setValue(null);
        model.form().clear();
        model.search();
    }

    private void keep() {
        var card = new DialogCard("audit.keep", text("views.keep.title"));
        var name = new TextField();
        name.setId("audit.keep.name");
        var cancel =
                Buttons.plain(
                        "audit.keep.cancel",
                        context.text("ui.cancel"),
                        () -> context.dialogs().close(card));
        var keep =
                Buttons.primary(
                        "audit.keep.confirm",
                        text("views.keep"),
                        () -> {
                            context.dialogs().close(card);
                            views.setValue(model.views().keep(name.getText(), model.form()));
                        });
        keep.setDefaultButton(true);
        keep.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> name.getText().isBlank(), name.textProperty()));
        card.add(new FormField(text("views.name"), text("views.name.hint"), name))
                .buttons(cancel, keep)
                .focus(name);
        context.dialogs().show(card);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String text(String key, Object... values) {
        return context.text("audit." + key, values);
    }
}
