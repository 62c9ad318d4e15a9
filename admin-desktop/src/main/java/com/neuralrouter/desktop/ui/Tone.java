package com.neuralrouter.desktop.ui;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** How good or bad something is. Always shown as icon and word, never as colour alone. */
public enum Tone {
    SUCCESS("success", Material2AL.CHECK_CIRCLE),
    INFO("accent", Material2AL.INFO),
    WARNING("warning", Material2AL.ERROR),
    DANGER("danger", Material2AL.CANCEL),
    NEUTRAL("neutral", Material2MZ.REMOVE_CIRCLE_OUTLINE);

    private final String style;
    private final Ikon icon;

    Tone(String style, Ikon icon) {
        this.style = style;
        this.icon = icon;
    }

    /** The last part of the style class, as in {@code pill-success}. */
    String style() {
        return style;
    }

    Ikon icon() {
        return icon;
    }

    /** The key of the word with which a notice of that tone begins for who only hears it. */
    String noticeKey() {
        return switch (this) {
            case SUCCESS -> "ui.notice.success";
            case INFO, NEUTRAL -> "ui.notice.info";
            case WARNING -> "ui.notice.warning";
            case DANGER -> "ui.notice.danger";
        };
    }
}
