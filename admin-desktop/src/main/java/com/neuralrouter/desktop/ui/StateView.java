package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.task.Loader;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Shows something that is read from the appliance in every state it can be in: asked for, here,
 * empty, out of date, given up, or never here. The content node is made once and updated, so that
 * selection and scrolling survive a refresh.
 */
public final class StateView<T> extends BorderPane {
    private final String id;
    private final ViewContext context;
    private final Loader<T> loader;
    private final Runnable retry;
    private final ProgressBar busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final StackPane body = new StackPane();
    private Node content = new StackPane();
    private Consumer<T> update = _ -> {};
    private Predicate<T> isEmpty = _ -> false;
    private Supplier<Node> empty = StackPane::new;
    private Runnable giveUp;

    /** Of that loader; {@code retry} is what "Try again" does. */
    public StateView(String id, ViewContext context, Loader<T> loader, Runnable retry) {
        this.id = id;
        this.context = context;
        this.loader = loader;
        this.retry = retry;
        giveUp = loader::cancel;
        setId(id);
        getStyleClass().add("state-view");
        busy.getStyleClass().add("busy-line");
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setAccessibleText(context.text("ui.loading"));
        setCenter(body);
        loader.state().addListener((_, _, state) -> render(state));
        loader.busy().addListener((_, _, _) -> renderBusy());
    }

    /** What "Cancel" does while it is read for the first time; by itself, ends the call. */
    public StateView<T> givenUpBy(Runnable action) {
        giveUp = action;
        return this;
    }

    /** What is shown when it is here, and how it takes a new value. */
    public StateView<T> content(Node node, Consumer<T> onValue) {
        content = node;
        update = onValue;
        render(loader.state().get());
        return this;
    }

    /** What is shown in place of the content when there is nothing in it. */
    public StateView<T> whenEmpty(Predicate<T> test, Supplier<Node> node) {
        isEmpty = test;
        empty = node;
        render(loader.state().get());
        return this;
    }

    private void render(Load<T> state) {
        switch (state) {
            case Load.Idle<T>() -> show(idle());
            case Load.Loading<T>() -> show(loading());
            case Load.Loaded<T>(T value, Instant _) -> {
                setBottom(null);
                show(known(value));
            }
            case Load.Stale<T>(T value, Instant at, Trouble trouble) -> {
                setBottom(stale(at, trouble));
                show(known(value));
            }
            case Load.Failed<T>(Trouble trouble) -> show(failed(trouble));
        }
        renderBusy();
    }

    private void renderBusy() {
        boolean overContent = loader.busy().get() && loader.known().isPresent();
        busy.setVisible(overContent);
        setTop(busy);
    }

    private void show(Node node) {
        if (body.getChildren().size() != 1 || body.getChildren().getFirst() != node) {
            body.getChildren().setAll(node);
        }
    }

    private Node known(T value) {
        update.accept(value);
        return isEmpty.test(value) ? empty.get() : content;
    }

    private Node loading() {
        setBottom(null);
        var wheel = new ProgressIndicator();
        wheel.getStyleClass().add("loading-wheel");
        wheel.setAccessibleText(context.text("ui.loading"));
        return middle(
                id + ".loading",
                wheel,
                Texts.muted(context.text("ui.loading")),
                Buttons.plain(id + ".cancel", context.text("ui.cancel"), () -> giveUp.run()));
    }

    /** Before the first read, and after one that was given up. */
    private Node idle() {
        setBottom(null);
        return middle(
                id + ".idle",
                Texts.muted(context.text("ui.idle")),
                Buttons.plain(id + ".read", context.text("ui.idle.read"), retry));
    }

    private static Node middle(String id, Node... nodes) {
        var box = new VBox(12, nodes);
        box.setId(id);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private Node failed(Trouble trouble) {
        setBottom(null);
        var problem = new ProblemView(id + ".problem", context, trouble);
        if (trouble.retryable()) {
            problem.retry(retry);
        }
        problem.setMaxWidth(640);
        var box = new VBox(problem);
        box.setAlignment(Pos.TOP_LEFT);
        return box;
    }

    private Node stale(Instant at, Trouble trouble) {
        var since = context.formats().ago(at, Instant.now(context.clock()));
        var line = new Banner(id + ".stale", Tone.WARNING, context.text("ui.stale", since));
        if (trouble.retryable()) {
            line.action(Buttons.plain(id + ".stale.retry", context.text("ui.retry"), retry));
        }
        BorderPane.setMargin(line, new Insets(12, 0, 0, 0));
        return line;
    }
}
