package com.neuralrouter.desktop.settings;

import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.shell.Preferences;
import com.neuralrouter.desktop.shell.Preferences.Language;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.CopyButton;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;
import com.neuralrouter.desktop.ui.theme.Themes;

import javafx.beans.property.ObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Shows what one can set for this desktop; what is set holds at once, and is kept. */
public final class SettingsView implements Screen {
    private static final double GAP = 20;
    private static final double BAR = 18;
    private static final double HALF = 50;

    private final Preferences preferences;
    private final ConnectionModel connection;
    private final ViewContext context;
    private final Versions versions = Versions.here();
    private final Label you = Texts.body("–");
    private final Label role = Texts.body("–");
    private final Label appliance = Texts.body("–");
    private final ScreenFrame node;

    public SettingsView(Preferences preferences, ConnectionModel connection, ViewContext context) {
        this.preferences = preferences;
        this.connection = connection;
        this.context = context;
        you.setId("settings.you");
        role.setId("settings.role");
        appliance.setId("settings.appliance");
        var left = new VBox(GAP, look(), about());
        var columns = new GridPane(GAP, GAP);
        var half = new ColumnConstraints();
        half.setPercentWidth(HALF);
        columns.getColumnConstraints().addAll(half, half);
        columns.addRow(0, left, device());
        columns.setPadding(new Insets(0, BAR, 0, 0));
        var scroll = new ScrollPane(columns);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("bare-scroll");
        StackPane.setMargin(scroll, new Insets(0, -BAR, 0, 0));
        node =
                new ScreenFrame("settings", text("title"), text("subtitle"))
                        .body(new StackPane(scroll));
        connection.status().state().addListener((_, _, load) -> load.known().ifPresent(this::show));
        connection.status().known().ifPresent(this::show);
    }

    @Override
    public Parent node() {
        return node;
    }

    @Override
    public void shown() {
        // All of it is there already.
    }

    @Override
    public void hidden() {
        // Nothing was begun.
    }

    @Override
    public void refresh() {
        connection.refresh();
    }

    private void show(ApplianceStatus status) {
        var who = status.you();
        you.setText(
                who.name().equals(who.person())
                        ? who.person()
                        : text("you", who.person(), who.name()));
        role.setText(context.text("shell.role." + lower(who.role())));
        appliance.setText(text("about.appliance.version", status.name(), status.version()));
    }

    private VBox look() {
        var themes = preferences.themes();
        return card(
                "settings.look",
                Texts.heading(text("look")),
                choice(
                        "theme",
                        "",
                        List.of(ThemeChoice.values()),
                        each -> text("theme." + lower(each)),
                        themes.choice()),
                choice(
                        "size",
                        text("size.hint"),
                        Themes.SIZES,
                        each -> text("size.percent", each),
                        themes.textSize()),
                choice(
                        "language",
                        text("language.hint"),
                        List.of(Language.values()),
                        each -> text("language." + lower(each)),
                        preferences.language()));
    }

    /** A question of which the answer is a property. */
    private <T> FormField choice(
            String name,
            String hint,
            List<T> values,
            Function<T, String> words,
            ObjectProperty<T> property) {
        var choice = new Choice<T>("settings." + name, words);
        choice.getItems().setAll(values);
        choice.valueProperty().bindBidirectional(property);
        // As wide as its card: what it would like to be follows what it once was.
        choice.setMinWidth(0);
        choice.setMaxWidth(Double.MAX_VALUE);
        return new FormField(text(name), hint, choice);
    }

    private VBox device() {
        var device = preferences.device();
        var certificate = device.certificate();
        var formats = context.formats();
        return card(
                "settings.device",
                Texts.heading(text("device")),
                fact(text("device.you"), you),
                fact(text("device.role"), role),
                fact(text("device.appliance"), Texts.body(device.appliance())),
                fact(
                        text("device.subject"),
                        copyable("subject", "device.subject", certificate.subject())),
                fact(
                        text("device.valid"),
                        Texts.body(
                                text(
                                        "device.valid.text",
                                        formats.dateTime(certificate.from()),
                                        formats.dateTime(certificate.until())))),
                fact(
                        text("device.fingerprint"),
                        copyable("fingerprint", "device.fingerprint", certificate.fingerprint())),
                fact(text("device.key"), copyable("key", "device.key", device.keyStore())),
                Texts.muted(context.text(device.protection())));
    }

    private VBox about() {
        var desktop = versions.desktop().orElseGet(() -> text("about.development"));
        var java = text("about.java.both", versions.java(), versions.javaFx());
        var copy =
                new CopyButton(
                        "settings.about.copy",
                        context,
                        context.text("ui.copy") + ": " + text("about"),
                        () ->
                                String.join(
                                        "\n",
                                        text("about.desktop") + ": " + desktop,
                                        text("about.appliance") + ": " + appliance.getText(),
                                        text("about.java") + ": " + java,
                                        text("about.system")
                                                + ": "
                                                + versions.system()
                                                + ", "
                                                + versions.systemVersion()));
        var heading = Texts.heading(text("about"));
        HBox.setHgrow(heading, Priority.ALWAYS);
        heading.setMaxWidth(Double.MAX_VALUE);
        var line = new HBox(heading, copy);
        line.setAlignment(Pos.CENTER_LEFT);
        return card(
                "settings.about",
                line,
                fact(text("about.desktop"), Texts.body(desktop)),
                fact(text("about.appliance"), appliance),
                fact(text("about.java"), Texts.body(java)),
                fact(text("about.system"), Texts.body(versions.system())));
    }

    private static VBox card(String id, Node heading, Node... parts) {
        var card = new VBox(heading);
        card.getChildren().addAll(parts);
        card.setId(id);
        card.getStyleClass().add("card");
        return card;
    }

    private static VBox fact(String name, Node value) {
        return new VBox(3, Texts.caption(name), value);
    }

    private HBox copyable(String id, String nameKey, String value) {
        var words = Texts.mono(value);
        words.setWrapText(true);
        words.setId("settings." + id);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        var what = context.text("ui.copy") + ": " + text(nameKey);
        var row =
                new HBox(
                        4,
                        words,
                        new CopyButton("settings." + id + ".copy", context, what, () -> value));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String text(String key, Object... values) {
        return context.text("settings." + key, values);
    }
}
