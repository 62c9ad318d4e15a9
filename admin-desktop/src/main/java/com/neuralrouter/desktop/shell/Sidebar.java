package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.shell.Destination.Group;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The destinations by group, the current one marked. */
final class Sidebar {
    private static final int MOST = 99;

    private final VBox node = new VBox();
    private final VBox list = new VBox();
    private final Label site = new Label("");
    private final Label waiting = new Label("");
    private final Map<Destination, ToggleButton> items = new EnumMap<>(Destination.class);

    Sidebar(Session session, Set<Destination> destinations) {
        var context = session.view();
        node.getStyleClass().add("sidebar");
        list.getStyleClass().add("sidebar-list");
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("bare-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        node.getChildren().addAll(brand(context), scroll);
        var toggles = new ToggleGroup();
        for (Group group : Group.values()) {
            addGroup(session, destinations, group, toggles);
        }
        session.navigator().current().addListener((_, _, now) -> mark(now));
        mark(session.navigator().current().get());
        session.connection()
                .status()
                .state()
                .addListener((_, _, load) ->
                        load.known()
                                .ifPresent(status -> {
                                    site.setText(status.name());
                                    tell(context, status.approvalsWaiting());
                                }));
        tell(context, 0);
    }

    VBox node() {
        return node;
    }

    private HBox brand(ViewContext context) {
        var mark = new StackPane(new FontIcon(Material2AL.DEVICE_HUB));
        mark.getStyleClass().add("brand-mark");
        var name = new Label(context.text("shell.product"));
        name.getStyleClass().add("brand-name");
        site.getStyleClass().add("brand-site");
        site.setId("shell.site");
        var words = new VBox(1, name, site);
        words.setAlignment(Pos.CENTER_LEFT);
        var brand = new HBox(mark, words);
        brand.getStyleClass().add("brand");
        brand.setAlignment(Pos.CENTER_LEFT);
        return brand;
    }

    private void addGroup(
            Session session, Set<Destination> destinations, Group group, ToggleGroup toggles) {
        var context = session.view();
        var heading = Texts.caption(context.text(group.titleKey()));
        heading.getStyleClass().setAll("sidebar-group");
        boolean any = false;
        for (Destination destination : Destination.values()) {
            if (destination.group() != group || !destinations.contains(destination)) {
                continue;
            }
            if (!any) {
                list.getChildren().add(heading);
                any = true;
            }
            var item =
                    new ToggleButton(
                            context.text(destination.titleKey()), new FontIcon(destination.icon()));
            item.setId("go." + destination.id());
            item.getStyleClass().add("sidebar-item");
            item.setToggleGroup(toggles);
            item.setMnemonicParsing(false);
            item.disableProperty().bind(session.connection().may(destination.permission()).not());
            item.setOnAction(_ -> {
                session.navigator().go(destination);
                mark(session.navigator().current().get());
            });
            items.put(destination, item);
            list.getChildren().add(destination == Destination.APPROVALS ? badged(item) : item);
        }
    }

    private Node badged(ToggleButton item) {
        waiting.getStyleClass().add("sidebar-badge");
        waiting.setId("go.approvals.waiting");
        waiting.setMouseTransparent(true);
        item.setMaxWidth(Double.MAX_VALUE);
        StackPane.setAlignment(waiting, Pos.CENTER_RIGHT);
        StackPane.setMargin(waiting, new Insets(0, 10, 0, 0));
        return new StackPane(item, waiting);
    }

    /** How many changes wait for who is using this. */
    private void tell(ViewContext context, int count) {
        waiting.setText(count > MOST ? MOST + "+" : Integer.toString(count));
        waiting.setVisible(count > 0);
        var item = items.get(Destination.APPROVALS);
        if (item != null) {
            var title = context.text(Destination.APPROVALS.titleKey());
            item.setAccessibleText(
                    count == 0 ? title : context.text("shell.approvals.waiting", title, count));
        }
    }

    private void mark(Destination now) {
        items.forEach((destination, item) -> item.setSelected(destination == now));
    }
}
