package com.neuralrouter.server.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Some detectors, run together. Where two find something at the same place, the one that comes
 * first in the list counts. Immutable, safe for all threads.
 */
public final class Scan {
    /** How much of what has gone by is looked at again, for the words before a match. */
    static final int CONTEXT = Context.MOST;

    private final List<Detector> detectors;

    public Scan(List<Detector> detectors) {
        this.detectors = List.copyOf(detectors);
    }

    public List<Detector> detectors() {
        return detectors;
    }

    /** The longest that a match of any of them can be. */
    public int longest() {
        return detectors.stream().mapToInt(Detector::longest).max().orElse(0);
    }

    /** What is in the text, by place, none overlapping another. */
    public List<Match> matches(String raw) {
        return detectors.isEmpty() ? List.of() : matches(NormalText.of(raw));
    }

    List<Match> matches(NormalText text) {
        var found = new ArrayList<Match>(0);
        for (int i = 0; i < detectors.size(); i++) {
            int detector = i;
            detectors
                    .get(i)
                    .find(
                            text.text(),
                            (from, to) ->
                                    found.add(
                                            new Match(
                                                    detector,
                                                    text.rawIndex(from),
                                                    text.rawIndex(to))));
        }
        return found.size() < 2 ? found : apart(found);
    }

    /** Of those that overlap, the strictest; what it leaves of another one goes with it. */
    private static List<Match> apart(List<Match> found) {
        found.sort(Comparator.comparingInt(Match::from).thenComparingInt(Match::detector));
        var apart = new ArrayList<Match>(found.size());
        Match last = found.getFirst();
        for (Match next : found.subList(1, found.size())) {
            if (next.from() >= last.to()) {
                apart.add(last);
                last = next;
            } else {
                last =
                        new Match(
                                Math.min(last.detector(), next.detector()),
                                last.from(),
                                Math.max(last.to(), next.to()));
            }
        }
        apart.add(last);
        return apart;
    }

    /** Where in the raw text something begins that more text could make a match. */
    int openFrom(NormalText text) {
        int open = text.text().length();
        for (Detector detector : detectors) {
            open = Math.min(open, detector.openFrom(text.text()));
        }
        return text.rawIndex(open);
    }
}
