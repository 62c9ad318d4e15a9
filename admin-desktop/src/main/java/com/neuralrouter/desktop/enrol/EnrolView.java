package com.neuralrouter.desktop.enrol;

import atlantafx.base.theme.Styles;

import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.ConfirmDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The first screen: the appliances that this device knows, and the form with which it is enrolled
 * at another, beside what happens then, step by step.
 */
public final class EnrolView {
    private static final double WIDTH = 920;

    private final EnrolViewModel model;
    private final ViewContext context;
    private final VBox column = new VBox(20);
    private final VBox known = new VBox(8);
    private final StackPane problem = new StackPane();
    private final ScrollPane node = new ScrollPane(new StackPane(column));

    /**
     * The screen.
     *
     * @param remark a sentence about how the program was started; may be empty
     */
    public EnrolView(EnrolViewModel model, ViewContext context, String remark) {
        this.model = model;
        this.context = context;
        column.setMaxWidth(WIDTH);
        column.setAlignment(Pos.CENTER);
        column.getStyleClass().add("enrol-column");
        column.getChildren().add(brand());
        if (!remark.isEmpty()) {
            column.getChildren().add(new Banner("enrol.remark", Tone.WARNING, remark));
        }
        column.getChildren().addAll(known, enrolCard());
        // Where the window is low it scrolls; no words are cut for that.
        column.setMinHeight(Region.USE_PREF_SIZE);
        node.setId("enrol");
        node.getStyleClass().add("enrol");
        node.setFitToWidth(true);
        node.setFitToHeight(true);
        model.profiles().state().addListener((_, _, load) -> load.known().ifPresent(this::show));
        model.submission().trouble().addListener((_, _, _) -> showTrouble());
        show(new ProfileStore.Found(List.of(), List.of()));
        showTrouble();
    }

    public Parent node() {
        return node;
    }

    private VBox brand() {
        var mark = new StackPane(new FontIcon(Material2OutlinedAL.DEVICE_HUB));
        mark.getStyleClass().add("brand-mark");
        var title = Texts.title(context.text("enrol.title"));
        var brand = new VBox(10, mark, title, Texts.muted(context.text("enrol.subtitle")));
        brand.setAlignment(Pos.CENTER);
        return brand;
    }

    private HBox enrolCard() {
        var form = form();
        HBox.setHgrow(form, Priority.ALWAYS);
        var steps = steps();
        steps.setMinWidth(320);
        steps.setMaxWidth(320);
        var card = new HBox(form, steps);
        card.getStyleClass().add("enrol-card");
        card.setSpacing(44);
        return card;
    }

    private VBox form() {
        var host = new TextField();
        host.setId("enrol.host");
        host.setPromptText("appliance.bank.example");
        host.textProperty().bindBidirectional(model.host());
        var code = new TextArea();
        code.setId("enrol.code");
        code.setWrapText(true);
        code.setPrefRowCount(3);
        code.getStyleClass().add("mono-input");
        code.textProperty().bindBidirectional(model.code());
        var codeField =
                new FormField(context.text("enrol.code"), context.text("enrol.code.hint"), code);
        code.textProperty()
                .addListener((_, _, typed) ->
                        codeField.error(typed.isBlank() ? "" : said(model.codeProblem())));
        var hostField =
                new FormField(context.text("enrol.host"), context.text("enrol.host.hint"), host);
        host.textProperty()
                .addListener((_, _, typed) ->
                        hostField.error(typed.isBlank() ? "" : said(model.hostProblem())));
        var heading = Texts.heading(context.text("enrol.form"));
        var submit = submit();
        // A code has one line, however it is wrapped.
        code.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        submit.fire();
                        event.consume();
                    }
                });
        return new VBox(18, heading, hostField, codeField, problem, new HBox(12, submit, wheel()));
    }

    private Button submit() {
        var button = Buttons.primary("enrol.submit", context.text("enrol.submit"), model::enrol);
        button.setDefaultButton(true);
        button.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () ->
                                        model.submission().busy().get()
                                                || model.codeProblem().isPresent()
                                                || model.hostProblem().isPresent(),
                                model.submission().busy(),
                                model.code(),
                                model.host()));
        return button;
    }

    private ProgressIndicator wheel() {
        var wheel = new ProgressIndicator();
        wheel.getStyleClass().add("small-wheel");
        wheel.setAccessibleText(context.text("ui.loading"));
        wheel.visibleProperty().bind(model.submission().busy());
        return wheel;
    }

    private VBox steps() {
        var steps = new VBox(14, Texts.heading(context.text("enrol.steps")));
        for (EnrolViewModel.Step step : EnrolViewModel.Step.values()) {
            steps.getChildren().add(step(step));
        }
        var note = Texts.muted(context.text("enrol.protection.file"));
        note.getStyleClass().add("form-hint");
        steps.getChildren().add(note);
        return steps;
    }

    private HBox step(EnrolViewModel.Step step) {
        var icon = new FontIcon(Material2OutlinedAL.CHECK_CIRCLE);
        var title = Texts.body(context.text(step.key()));
        title.getStyleClass().add("step-title");
        var words = new VBox(2, title, Texts.muted(context.text(step.key() + ".text")));
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(icon, words);
        row.setId("enrol.step." + step.name().toLowerCase(Locale.ROOT));
        row.getStyleClass().add("step");
        model.progress()
                .subscribe(all -> mark(icon, all.getOrDefault(step, EnrolViewModel.Progress.OPEN)));
        return row;
    }

    private static void mark(FontIcon icon, EnrolViewModel.Progress progress) {
        icon.getStyleClass().setAll("ikonli-font-icon", "step-icon");
        switch (progress) {
            case OPEN -> icon.setIconCode(Material2MZ.RADIO_BUTTON_UNCHECKED);
            case ACTIVE -> {
                icon.setIconCode(Material2MZ.RADIO_BUTTON_CHECKED);
                icon.getStyleClass().add("active");
            }
            case DONE -> {
                icon.setIconCode(Material2AL.CHECK_CIRCLE);
                icon.getStyleClass().add("done");
            }
            case FAILED -> {
                icon.setIconCode(Material2AL.CANCEL);
                icon.getStyleClass().add("failed");
            }
        }
    }

    private void show(ProfileStore.Found found) {
        known.getChildren().clear();
        var ways = found.profiles().stream().map(this::connectTo).toList();
        for (int i = 0; i < ways.size(); i++) {
            known.getChildren().add(profileCard(found.profiles().get(i), ways.get(i)));
        }
        if (!found.broken().isEmpty()) {
            var folders =
                    found.broken().stream()
                            .map(each -> each.folder() + " (" + each.reason() + ")")
                            .collect(Collectors.joining(", "));
            known.getChildren()
                    .add(
                            new Banner(
                                    "enrol.broken",
                                    Tone.WARNING,
                                    context.text("enrol.broken", folders)));
        }
        boolean any = !known.getChildren().isEmpty();
        known.setVisible(any);
        known.setManaged(any);
        if (model.host().get().isEmpty() && model.code().get().isEmpty()) {
            // Who comes back wants in: Enter connects.
            ways.stream().findFirst().ifPresent(Button::requestFocus);
        }
    }

    private Button connectTo(Profile profile) {
        return Buttons.primary(
                id(profile) + ".connect",
                context.text("enrol.connect"),
                () -> model.connect(profile));
    }

    private static String id(Profile profile) {
        return "enrol.profile." + profile.admin().host();
    }

    private HBox profileCard(Profile profile, Button connect) {
        var name = Texts.heading(profile.name());
        var facts =
                Texts.muted(
                        context.text(
                                "enrol.profile.facts",
                                profile.admin(),
                                context.formats().date(profile.expiresAt())));
        var words = new VBox(3, name, facts);
        HBox.setHgrow(words, Priority.ALWAYS);
        var forget =
                Buttons.plain(
                        id(profile) + ".forget",
                        context.text("enrol.forget"),
                        () -> confirmForget(profile));
        forget.getStyleClass().add(Styles.FLAT);
        var icon = new FontIcon(Material2OutlinedAL.DNS);
        icon.getStyleClass().add("row-icon");
        var card = new HBox(14, icon, words, forget, connect);
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().add("card");
        card.setMinHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private void confirmForget(Profile profile) {
        ConfirmDialog.open(
                context,
                "enrol.forget",
                context.text("enrol.forget.title", profile.name()),
                context.text("enrol.forget.text"),
                context.text("enrol.forget"),
                () -> model.forget(profile));
    }

    private void showTrouble() {
        problem.getChildren().clear();
        model.submission()
                .trouble()
                .get()
                .ifPresent(trouble ->
                        problem.getChildren()
                                .add(new ProblemView("enrol.problem", context, trouble)));
        problem.setManaged(!problem.getChildren().isEmpty());
    }

    private String said(Optional<String> key) {
        return key.map(context::text).orElse("");
    }
}
