package com.neuralrouter.desktop.ui;

import javafx.scene.Node;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.function.Function;

/**
 * One column of a {@link DataTable}.
 *
 * @param id the last part of its node's id
 * @param width what it would like to have; what is left over is shared by all in proportion
 * @param text what the cell says, and sorts by unless there is another order
 * @param whole what is copied, and shown to who points at the cell
 * @param graphic what the cell shows in place of the text; empty shows the text
 * @param brief how it says the same where there is little room; null if it can't
 */
public record Column<T>(
        String id,
        String title,
        double width,
        Look look,
        Function<T, String> text,
        Function<T, String> whole,
        Function<T, Node> graphic,
        Comparator<T> order,
        @Nullable Brief<T> brief) {

    /** Less wide, and so with fewer words. */
    public record Brief<T>(double width, Function<T, String> text) {}

    /** How a cell's text looks. */
    public enum Look {
        TEXT("cell-text"),
        STRONG("cell-strong"),
        MUTED("cell-muted"),
        MONO("cell-mono"),
        NUMBER("cell-number"),
        /** The column's own node in place of text. */
        GRAPHIC("cell-graphic");

        private final String style;

        Look(String style) {
            this.style = style;
        }

        String style() {
            return style;
        }
    }

    /** A column of text. */
    public static <T> Column<T> of(
            String id, String title, double width, Look look, Function<T, String> text) {
        return new Column<>(
                id,
                title,
                width,
                look,
                text,
                text,
                _ -> {
                    throw new IllegalStateException("column of text asked for a node: " + id);
                },
                Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER),
                null);
    }

    /** A column of states as pills. */
    public static <T> Column<T> pills(
            String id,
            String title,
            double width,
            Function<T, String> text,
            Function<T, Tone> tone) {
        return new Column<>(
                id,
                title,
                width,
                Look.GRAPHIC,
                text,
                text,
                item -> new StatusPill(tone.apply(item), text.apply(item)),
                Comparator.comparing(text),
                null);
    }

    /** A column of small nodes, as of an icon beside a text. */
    public static <T> Column<T> nodes(
            String id,
            String title,
            double width,
            Function<T, String> text,
            Function<T, Node> node) {
        return new Column<>(
                id, title, width, Look.GRAPHIC, text, text, node, Comparator.comparing(text), null);
    }

    /** The same column, sorted by something else than its text. */
    public <C extends Comparable<? super C>> Column<T> sortedBy(Function<T, C> key) {
        return new Column<>(
                id, title, width, look, text, whole, graphic, Comparator.comparing(key), brief);
    }

    /** The same column, where the cell says less than there is to copy: a name for an id. */
    public Column<T> shortFor(Function<T, String> all) {
        return new Column<>(id, title, width, look, text, all, graphic, order, brief);
    }

    /** The same column, which says it in other words of that width before any is left out. */
    public Column<T> briefly(double less, Function<T, String> words) {
        return new Column<>(
                id, title, width, look, text, whole, graphic, order, new Brief<>(less, words));
    }
}
