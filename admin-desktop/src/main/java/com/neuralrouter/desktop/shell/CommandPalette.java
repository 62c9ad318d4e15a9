package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Finds a command by a part of its name: type, arrow keys, Enter. */
final class CommandPalette {
    private final ViewContext context;
    private final DialogCard card;
    private final TextField search = new TextField();
    private final FilteredList<UiCommand> matching;
    private final ListView<UiCommand> list;

    private CommandPalette(ViewContext context, CommandRegistry commands) {
        this.context = context;
        card = new DialogCard("palette", context.text("shell.palette"));
        matching =
                new FilteredList<>(
                        FXCollections.observableArrayList(
                                commands.all().stream()
                                        .filter(each -> each.enabled().get())
                                        .filter(each -> !each.id().equals("palette"))
                                        .toList()));
        list = new ListView<>(matching);
        list.setId("palette.list");
        list.getStyleClass().add("palette-list");
        list.setAccessibleText(context.text("shell.palette"));
        list.setCellFactory(_ -> new CommandCell(context));
        list.setPrefHeight(320);
        list.setFocusTraversable(false);
        search.setId("palette.search");
        search.setPromptText(context.text("shell.palette.prompt"));
        search.setAccessibleText(context.text("shell.palette.prompt"));
        search.textProperty().addListener((_, _, typed) -> narrow(typed));
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        list.setOnMouseClicked(_ -> runSelected());
        card.add(search, list).focus(search);
        narrow("");
    }

    static void open(ViewContext context, CommandRegistry commands) {
        if (!context.dialogs().isOpen()) {
            context.dialogs().show(new CommandPalette(context, commands).card);
        }
    }

    private void narrow(String typed) {
        var wanted = typed.strip().toLowerCase(Locale.ROOT);
        matching.setPredicate(
                each -> context.text(each.titleKey()).toLowerCase(Locale.ROOT).contains(wanted));
        list.getSelectionModel().selectFirst();
    }

    private void keyPressed(KeyEvent event) {
        var selection = list.getSelectionModel();
        if (event.getCode() == KeyCode.DOWN) {
            selection.selectNext();
        } else if (event.getCode() == KeyCode.UP) {
            selection.selectPrevious();
        } else if (event.getCode() == KeyCode.ENTER) {
            runSelected();
        } else {
            return;
        }
        list.scrollTo(Math.max(0, selection.getSelectedIndex() - 3));
        event.consume();
    }

    private void runSelected() {
        UiCommand chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            context.dialogs().close(card);
            Platform.runLater(chosen::run);
        }
    }

    private static final class CommandCell extends ListCell<UiCommand> {
        private final ViewContext context;

        CommandCell(ViewContext context) {
            this.context = context;
        }

        @Override
        protected void updateItem(@Nullable UiCommand command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            var title = context.text(command.titleKey());
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            var row = new HBox(8, new Label(title), gap);
            row.setAlignment(Pos.CENTER_LEFT);
            command.keys().ifPresent(keys -> row.getChildren().add(keyCap(keys.getDisplayText())));
            setGraphic(row);
            setAccessibleText(title);
        }
    }

    static Label keyCap(String keys) {
        var cap = Texts.caption(keys);
        cap.getStyleClass().add("key-cap");
        return cap;
    }
}
