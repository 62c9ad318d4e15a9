package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.ui.UiCommand.Shortcut;

import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A screen about a list of things, in the one shape that all of them have: title, refresh and the
 * one thing that one does here at the top, filters below, then a table with the details of its
 * selected row, and in its place what is to be said while there is nothing, while it is read or
 * when that failed. A screen fills in its columns, its details and what is its own.
 *
 * <p>Everything is named after the screen: the node {@code id.table} has the words {@code id.title}
 * of the bundle.
 *
 * @param <S> what is read from the appliance
 * @param <T> one row of it
 */
public final class ListScreen<S, T> implements Screen {
    private static final double GAP = 16;

    private final String id;
    private final ViewContext context;
    private final Listing<S, T> model;
    private final DataTable<T> table;
    private final StateView<S> state;
    private final BorderPane content = new BorderPane();
    private final HBox tools = new HBox(GAP);
    private final ScreenFrame frame;
    private final List<UiCommand> commands = new ArrayList<>();
    private final Ikon picture;
    private final List<Supplier<Node>> belowEmpty = new ArrayList<>();
    private Function<T, ? extends Region> detail = _ -> new StackPane();
    private Consumer<S> alsoShow = _ -> {};

    /** A screen of that name; the picture stands for what is listed while there is nothing. */
    public ListScreen(
            String id,
            ViewContext context,
            Listing<S, T> model,
            Ikon picture,
            List<Column<T>> columns) {
        this.id = id;
        this.context = context;
        this.model = model;
        this.picture = picture;
        table = new DataTable<>(id + ".table", context, text("title"), columns);
        content.setCenter(new ListPane<>(table, row -> detail.apply(row)));
        state =
                new StateView<>(id + ".state", context, model.loader(), model::start)
                        .givenUpBy(model::stop)
                        .content(content, this::show)
                        .whenEmpty(model::isEmpty, this::empty);
        tools.setAlignment(Pos.CENTER_LEFT);
        frame =
                new ScreenFrame(id, text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        id + ".refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        model::refresh))
                        .body(state);
        model.filters()
                .forEach(filter ->
                        filter.addListener(_ -> model.loader().known().ifPresent(this::show)));
    }

    /** By what a row is known again after it changed. */
    public ListScreen<S, T> identifiedBy(Function<T, ?> key) {
        table.identifiedBy(key);
        return this;
    }

    /** Columns that give way, one after the other, where there is not room for all. */
    public ListScreen<S, T> spare(String... columnIds) {
        table.spare(columnIds);
        return this;
    }

    /** A column that has something to say only while that is true. */
    public ListScreen<S, T> onlyWhile(String columnId, ObservableBooleanValue is) {
        table.onlyWhile(columnId, is);
        return this;
    }

    /** What Enter and a double click on a row do. */
    public ListScreen<S, T> onOpen(Consumer<T> action) {
        table.onOpen(action);
        return this;
    }

    /** How the details of one row are shown. */
    public ListScreen<S, T> detail(Function<T, DetailPane> makeDetail) {
        detail = makeDetail;
        return this;
    }

    /** Controls that narrow the list, below the title. */
    public ListScreen<S, T> tools(Node... nodes) {
        if (tools.getChildren().isEmpty()) {
            frame.tools(tools);
        }
        tools.getChildren().addAll(nodes);
        return this;
    }

    /** A field that narrows the list by what is typed. */
    public ListScreen<S, T> searched(StringProperty search) {
        return tools(new SearchField(id + ".search", text("search"), search));
    }

    /** A further button at the title, and its command. */
    public ListScreen<S, T> action(Button button, UiCommand command) {
        frame.actions(button);
        commands.add(command);
        return this;
    }

    /** A line below the table, and how it takes what was read or narrowed. */
    public ListScreen<S, T> foot(Node node, Consumer<S> onValue) {
        content.setBottom(node);
        alsoShow(onValue);
        return this;
    }

    /** What else is told of what was read or narrowed. */
    public ListScreen<S, T> alsoShow(Consumer<S> onValue) {
        alsoShow = alsoShow.andThen(onValue);
        model.loader().known().ifPresent(this::show);
        return this;
    }

    /** Where the list stands inside something that may take its place. */
    public ListScreen<S, T> inside(UnaryOperator<Node> around) {
        frame.body(around.apply(state));
        return this;
    }

    /** What else stands below the words of the empty list. */
    public ListScreen<S, T> belowEmpty(Supplier<Node> node) {
        belowEmpty.add(node);
        state.whenEmpty(model::isEmpty, this::empty);
        return this;
    }

    /**
     * The one thing that one comes here to do: a button at the title, the same in the empty list,
     * and Ctrl-N.
     *
     * @param name the end of the ids, and of the key of its words
     * @param allowed whether this user may do it now
     */
    public ListScreen<S, T> primary(
            String name, Ikon icon, ObservableBooleanValue allowed, Runnable run) {
        Function<String, Button> button =
                prefix ->
                        Buttons.allowedWhile(
                                allowed,
                                context,
                                Buttons.with(
                                        icon, Buttons.primary(prefix + name, text(name), run)));
        var key = id + "." + name;
        return action(
                        button.apply(id + "."),
                        new UiCommand(key, key, Shortcut.of("Shortcut+N"), allowed, run))
                .belowEmpty(() -> button.apply(id + ".empty."));
    }

    @Override
    public Parent node() {
        return frame;
    }

    @Override
    public void shown() {
        model.start();
    }

    @Override
    public void hidden() {
        model.stop();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public List<UiCommand> commands() {
        return List.copyOf(commands);
    }

    private void show(S read) {
        table.show(model.rows(read));
        alsoShow.accept(read);
    }

    private EmptyState empty() {
        var words = new EmptyState(picture, text("empty.title"), text("empty.text"));
        belowEmpty.forEach(each -> words.getChildren().add(each.get()));
        return words;
    }

    private String text(String key) {
        return context.text(id + "." + key);
    }
}
