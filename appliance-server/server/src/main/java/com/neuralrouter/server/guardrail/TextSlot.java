package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One text in a tree, and what is to change in it. Content: its {@code toString} shows none. */
final class TextSlot {
    private final String text;
    private final String place;
    private final boolean flows;
    private final boolean json;
    private final Consumer<String> change;
    private final List<Edit> edits = new ArrayList<>(0);

    private record Edit(Match match, UnaryOperator<String> replacement) {}

    /**
     * @param place as a refusal names it
     * @param flows whether the next text of its kind may go on where this one ends
     * @param json whether it is itself JSON
     * @param change puts another text in its place
     */
    TextSlot(String text, String place, boolean flows, boolean json, Consumer<String> change) {
        this.text = text;
        this.place = place;
        this.flows = flows;
        this.json = json;
        this.change = change;
    }

    String text() {
        return text;
    }

    String place() {
        return place;
    }

    boolean flows() {
        return flows;
    }

    void replace(Match match, UnaryOperator<String> replacement) {
        edits.add(new Edit(match, replacement));
    }

    /** Makes the changes: of two that overlap, the strictest is made over all of both. */
    void write(Acting acting) {
        if (edits.isEmpty() && !acting.restores()) {
            return;
        }
        edits.sort(
                Comparator.comparingInt((Edit each) -> each.match().from())
                        .thenComparingInt(each -> each.match().detector()));
        var source = new JsonPlace();
        var out = new StringBuilder(text.length());
        int at = 0;
        for (Edit edit : edits) {
            int to = edit.match().to();
            if (to <= at) {
                continue;
            }
            int from = Math.max(at, edit.match().from());
            out.append(text, at, from);
            String raw = text.substring(from, to);
            String instead = edit.replacement().apply(raw);
            if (json) {
                source.pass(text, at, from);
                instead = source.fit(raw, instead, place);
            }
            out.append(instead);
            at = to;
        }
        String changed = out.append(text, at, text.length()).toString();
        changed = acting.restored(changed, json);
        if (!changed.equals(text)) {
            change.accept(changed);
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "TextSlot[" + place + ", length=" + text.length() + "]";
    }
}
