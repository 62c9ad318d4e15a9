package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.ui.Column.Look;

import javafx.application.Platform;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A list of things in columns: sortable, with one row selected, used by mouse and keyboard alike.
 * Enter and double click open the selected row; Ctrl-C copies the cell, Ctrl-Shift-C the row. A new
 * list keeps the selection where the same item is still in it.
 */
public final class DataTable<T> {
    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination COPY_ROW =
            new KeyCodeCombination(
                    KeyCode.C, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    /** The scroll bar and the frame. */
    private static final double BAR = 16;

    private final String id;
    private final ViewContext context;
    private final List<Column<T>> columns;
    private final ObservableList<T> items = FXCollections.observableArrayList();
    private final TableView<T> table;
    private final List<String> spare = new ArrayList<>();
    private final Map<String, ObservableBooleanValue> needed = new HashMap<>();
    private Set<String> leftOut = Set.of();
    private Set<String> brief = Set.of();
    private Consumer<T> onOpen = _ -> {};
    private Function<T, ?> identity = item -> item;

    public DataTable(String id, ViewContext context, String label, List<Column<T>> columns) {
        this.id = id;
        this.context = context;
        this.columns = List.copyOf(columns);
        var sorted = new SortedList<>(items);
        table = new TableView<>(sorted);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setId(id);
        table.setAccessibleText(label);
        table.getStyleClass().add("data-table");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        var none = Texts.muted(context.text("ui.table.none"));
        none.setId(id + ".none");
        table.setPlaceholder(none);
        columns.forEach(column -> table.getColumns().add(tableColumn(column)));
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        table.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                selected().ifPresent(onOpen);
            }
        });
        table.widthProperty().addListener((_, _, width) -> fit(width.doubleValue()));
        table.setContextMenu(menu());
    }

    public TableView<T> node() {
        return table;
    }

    /** By what an item is known again after it changed; without it, by all that it is. */
    public DataTable<T> identifiedBy(Function<T, ?> key) {
        identity = key;
        return this;
    }

    /** What stands in the table while it has no row, in place of words for a search in vain. */
    public DataTable<T> placeholder(Node node) {
        table.setPlaceholder(node);
        return this;
    }

    /**
     * Columns that give way, one after the other, where the table is too narrow for all, though all
     * say what they can in fewer words.
     */
    public DataTable<T> spare(String... columnIds) {
        spare.addAll(List.of(columnIds));
        return this;
    }

    /** A column that has something to say only while that is true. */
    public DataTable<T> onlyWhile(String columnId, ObservableBooleanValue is) {
        needed.put(columnId, is);
        is.addListener((_, _, _) -> fit(table.getWidth()));
        return this;
    }

    private boolean isNeeded(Column<T> column) {
        var is = needed.get(column.id());
        return is == null || is.get();
    }

    /** What is left out here is said by the details of the row. */
    private void fit(double width) {
        double room = width - BAR;
        var hidden = new HashSet<String>();
        double wanted = 0;
        double least = 0;
        for (Column<T> column : columns) {
            if (isNeeded(column)) {
                wanted += column.width();
                least += least(column);
            } else {
                hidden.add(id + "." + column.id());
            }
        }
        for (String spared : spare) {
            if (least <= room) {
                break;
            }
            var column = column(spared);
            if (!isNeeded(column)) {
                continue;
            }
            least -= least(column);
            wanted -= column.width();
            hidden.add(id + "." + spared);
        }
        var shortened = wanted <= room ? Set.<String>of() : withBrief(hidden);
        if (hidden.equals(leftOut) && shortened.equals(brief)) {
            return;
        }
        leftOut = Set.copyOf(hidden);
        brief = shortened;
        table.getColumns().forEach(each -> each.setVisible(!hidden.contains(each.getId())));
        table.refresh();
        // Those that stayed have taken the room of those that come back. The table knows its new
        // width after its next layout only.
        Platform.runLater(this::share);
    }

    /** Gives each column what it would like to have, and its part of what is left. */
    private void share() {
        for (int i = 0; i < columns.size(); i++) {
            var column = table.getColumns().get(i);
            column.setPrefWidth(0);
            column.setPrefWidth(width(columns.get(i)));
        }
        table.getColumnResizePolicy().call(new TableView.ResizeFeatures<>(table, null, 0.0));
    }

    /** Those that are shown and can say it in fewer words. */
    private Set<String> withBrief(Set<String> hidden) {
        return columns.stream()
                .filter(each -> each.brief() != null)
                .map(Column::id)
                .filter(each -> !hidden.contains(id + "." + each))
                .collect(Collectors.toUnmodifiableSet());
    }

    private double width(Column<T> column) {
        return brief.contains(column.id()) ? least(column) : column.width();
    }

    private static double least(Column<?> column) {
        var less = column.brief();
        return less == null ? column.width() : less.width();
    }

    private Column<T> column(String name) {
        return columns.stream().filter(each -> each.id().equals(name)).findFirst().orElseThrow();
    }

    /** What its cells say at the moment. */
    private String shown(Column<T> column, T item) {
        var less = column.brief();
        return less != null && brief.contains(column.id())
                ? less.text().apply(item)
                : column.text().apply(item);
    }

    /** Shows these, in this order unless a column was clicked. */
    public void show(List<T> list) {
        if (items.equals(list) || grow(list)) {
            return;
        }
        var before = selected().map(item -> (Object) identity.apply(item));
        items.setAll(list);
        list.stream()
                .filter(item -> before.equals(Optional.of(identity.apply(item))))
                .findFirst()
                .ifPresent(table.getSelectionModel()::select);
    }

    /**
     * Adds at both ends, and takes away from the end, where that is all that is new: then the
     * selected row, its details and the focus in them are not touched, however often it happens.
     */
    private boolean grow(List<T> list) {
        int head = items.isEmpty() ? -1 : list.indexOf(items.getFirst());
        if (head < 0) {
            return false;
        }
        int kept = Math.min(items.size(), list.size() - head);
        if (!items.subList(0, kept).equals(list.subList(head, head + kept))) {
            return false;
        }
        items.remove(kept, items.size());
        items.addAll(list.subList(head + kept, list.size()));
        items.addAll(0, list.subList(0, head));
        return true;
    }

    /** What is shown. */
    public List<T> items() {
        return List.copyOf(items);
    }

    /** The selected item, if one is. */
    public Optional<T> selected() {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem());
    }

    /** The selected item as it changes. */
    public ObjectBinding<Optional<T>> selection() {
        var model = table.getSelectionModel();
        return new ObjectBinding<>() {
            {
                bind(model.selectedItemProperty());
            }

            @Override
            protected Optional<T> computeValue() {
                return Optional.ofNullable(model.getSelectedItem());
            }
        };
    }

    /** What Enter and a double click do. */
    public DataTable<T> onOpen(Consumer<T> action) {
        onOpen = action;
        return this;
    }

    private TableColumn<T, T> tableColumn(Column<T> column) {
        var view = new TableColumn<T, T>(column.title());
        view.setId(id + "." + column.id());
        view.setPrefWidth(column.width());
        view.setReorderable(false);
        if (column.look() == Look.GRAPHIC || column.look() == Look.STRONG) {
            // A node is cut where a text ends in dots, and what it is called is never left out.
            view.setMinWidth(column.width());
        }
        view.setComparator(column.order());
        view.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        view.setCellFactory(_ -> new Cell<>(column, item -> shown(column, item)));
        if (column.look() == Look.NUMBER) {
            view.getStyleClass().add("align-right");
        }
        return view;
    }

    private ContextMenu menu() {
        var cell = new MenuItem(context.text("ui.table.copy_cell"));
        cell.setAccelerator(COPY);
        cell.setOnAction(_ -> copyCell());
        var row = new MenuItem(context.text("ui.table.copy_row"));
        row.setAccelerator(COPY_ROW);
        row.setOnAction(_ -> copyRow());
        return new ContextMenu(cell, row);
    }

    private void keyPressed(KeyEvent event) {
        if (COPY.match(event)) {
            copyCell();
        } else if (COPY_ROW.match(event)) {
            copyRow();
        } else if (event.getCode() == KeyCode.ENTER && selected().isPresent()) {
            selected().ifPresent(onOpen);
        } else {
            return;
        }
        event.consume();
    }

    private void copyCell() {
        var focused = table.getFocusModel().getFocusedCell();
        var view = focused == null ? null : focused.getTableColumn();
        int column = view == null ? 0 : table.getColumns().indexOf(view);
        selected().ifPresent(item -> context.clip().put(columns.get(column).whole().apply(item)));
    }

    private void copyRow() {
        selected()
                .ifPresent(item ->
                        context.clip()
                                .put(
                                        columns.stream()
                                                .map(each -> each.whole().apply(item))
                                                .collect(Collectors.joining("\t"))));
    }

    private static final class Cell<T> extends TableCell<T, T> {
        private final Column<T> column;
        private final Function<T, String> shown;

        Cell(Column<T> column, Function<T, String> shown) {
            this.column = column;
            this.shown = shown;
            // What a thing is called and how it is described may be long; two lines have room.
            setWrapText(column.look() == Look.STRONG || column.look() == Look.MUTED);
            getStyleClass().add(column.look().style());
            setAlignment(column.look() == Look.NUMBER ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setText(null);
                setGraphic(null);
                setTooltip(null);
                return;
            }
            var text = column.text().apply(item);
            var whole = column.whole().apply(item);
            setAccessibleText(
                    column.title() + ": " + text + (whole.equals(text) ? "" : ", " + whole));
            if (column.look() == Look.GRAPHIC) {
                setGraphic(column.graphic().apply(item));
            } else {
                setText(shown.apply(item));
                setTooltip(whole.isEmpty() ? null : new Tooltip(whole));
            }
        }
    }
}
