package com.neuralrouter.desktop.ui;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.desktop.i18n.ApprovalText;
import com.neuralrouter.desktop.i18n.TroubleText;

import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;

/** The corner in which each new notice appears for some seconds. */
public final class ToastLayer {
    private static final Duration SHOWN = Duration.seconds(5);
    private static final Duration FAILURE_SHOWN = Duration.seconds(12);

    private final ViewContext context;
    private final VBox node = new VBox(8);

    /** Shows what is added to the context's notices from now on. */
    public ToastLayer(ViewContext context) {
        this.context = context;
        node.setId("toasts");
        node.getStyleClass().add("toasts");
        node.setAlignment(Pos.BOTTOM_LEFT);
        node.setPickOnBounds(false);
        context.notices()
                .all()
                .addListener(
                        (ListChangeListener<Notices.Notice>)
                                change -> {
                                    while (change.next()) {
                                        change.getAddedSubList().forEach(this::show);
                                    }
                                });
    }

    public VBox node() {
        return node;
    }

    /** The sentence of a notice. */
    public static String sentence(ViewContext context, Notices.Notice notice) {
        var values =
                notice.values().stream()
                        .map(value ->
                                value instanceof Approval approval
                                        ? ApprovalText.subject(approval, context.messages())
                                        : value)
                        .toArray();
        var said = context.text(notice.key(), values);
        var trouble = notice.trouble();
        return trouble == null
                ? said
                : said + " " + TroubleText.of(trouble, context.messages()).sentence();
    }

    private void show(Notices.Notice notice) {
        var icon = new FontIcon(notice.tone().icon());
        icon.getStyleClass().add("toast-icon");
        var text = Texts.body(sentence(context, notice));
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        var toast = new HBox(10);
        var close =
                Buttons.icon(
                        "toast.dismiss",
                        Material2AL.CLOSE,
                        context.text("ui.dismiss"),
                        () -> node.getChildren().remove(toast));
        close.setFocusTraversable(false);
        toast.getChildren().addAll(icon, text, close);
        toast.getStyleClass().addAll("toast", "toast-" + notice.tone().style());
        toast.setAlignment(Pos.CENTER_LEFT);
        toast.setMaxSize(420, Region.USE_PREF_SIZE);
        toast.setAccessibleRole(AccessibleRole.TEXT);
        toast.setAccessibleText(context.text(notice.tone().noticeKey()) + ": " + text.getText());
        node.getChildren().add(toast);
        var pause = new PauseTransition(notice.tone() == Tone.DANGER ? FAILURE_SHOWN : SHOWN);
        pause.setOnFinished(_ -> node.getChildren().remove(toast));
        pause.play();
    }
}
