package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Match;
import com.neuralrouter.server.detect.Scan;

import java.util.Arrays;
import java.util.List;

/** Looks where one text goes on in the next one, so that nothing hides by being split over both. */
final class Seams {
    /** Longer than any number, address or key that a person would split by hand. */
    private static final int MOST = 320;

    private final Scan scan;
    private final List<TextSlot> flowing;

    /** What lies around the seams, one behind the other. */
    private final StringBuilder joined = new StringBuilder();

    /** Of each character of it, the text's number and the place in that text; -1 for a gap. */
    private int[] slots = new int[256];

    private int[] places = new int[256];

    Seams(Scan scan, List<TextSlot> slots) {
        this.scan = scan;
        this.flowing = slots.stream().filter(TextSlot::flows).toList();
    }

    /** Takes a piece of a match: once for each text that it is split over. */
    @FunctionalInterface
    interface Piece {
        void in(TextSlot slot, Match match, boolean first);
    }

    void matches(Piece piece) {
        if (flowing.size() < 2) {
            return;
        }
        for (int i = 0; i < flowing.size(); i++) {
            around(i);
        }
        for (Match match : scan.matches(joined.toString())) {
            if (slots[match.from()] != slots[match.to() - 1]) {
                split(match, piece);
            }
        }
    }

    /** Both ends of a text, and what is between them if that is short. */
    private void around(int slot) {
        String text = flowing.get(slot).text();
        if (text.length() <= 2 * MOST) {
            add(slot, text, 0, text.length());
        } else {
            add(slot, text, 0, MOST);
            put('\n', slot, -1);
            add(slot, text, text.length() - MOST, text.length());
        }
    }

    private void add(int slot, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            put(text.charAt(i), slot, i);
        }
    }

    private void put(char c, int slot, int place) {
        if (joined.length() == slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
            places = Arrays.copyOf(places, places.length * 2);
        }
        slots[joined.length()] = slot;
        places[joined.length()] = place;
        joined.append(c);
    }

    private void split(Match match, Piece piece) {
        int from = match.from();
        while (from < match.to()) {
            int to = from + 1;
            while (to < match.to() && slots[to] == slots[from]) {
                to++;
            }
            if (places[from] >= 0 && places[to - 1] >= 0) {
                piece.in(
                        flowing.get(slots[from]),
                        new Match(match.detector(), places[from], places[to - 1] + 1),
                        from == match.from());
            }
            from = to;
        }
    }
}
