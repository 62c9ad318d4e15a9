package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.HPos;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** Lists the keys of every command that has any. */
final class ShortcutSheet {
    private ShortcutSheet() {}

    static void open(ViewContext context, CommandRegistry commands) {
        if (context.dialogs().isOpen()) {
            return;
        }
        var card = new DialogCard("shortcuts", context.text("shell.shortcuts"));
        var grid = new GridPane(24, 10);
        var name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().add(name);
        int row = 0;
        for (UiCommand each : commands.all()) {
            if (each.keys().isPresent()) {
                var cap = CommandPalette.keyCap(each.keys().orElseThrow().getDisplayText());
                GridPane.setHalignment(cap, HPos.RIGHT);
                grid.addRow(row++, Texts.body(context.text(each.titleKey())), cap);
            }
        }
        var close =
                Buttons.primary(
                        "shortcuts.close",
                        context.text("ui.close"),
                        () -> context.dialogs().close(card));
        context.dialogs().show(card.add(grid).buttons(close).focus(close));
    }
}
