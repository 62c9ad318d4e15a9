package com.neuralrouter.server.audit;

import com.neuralrouter.server.audit.SpanStore.Span;
import com.neuralrouter.server.store.Tx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes down the trail and passes over spans in which there is surely nothing of a query. For one
 * search.
 */
final class SpanWalk {
    private final Tx tx;
    private final SpanStore spans;
    private final AuditQuery query;

    /** Whether spans can tell anything: they know times and words. */
    private final boolean telling;

    private final Set<Long> passedOver = new HashSet<>();
    private long knownDownTo = Long.MAX_VALUE;

    /**
     * A run of entries that have to be looked at.
     *
     * @param floor the lowest
     * @param upper the one above the highest; the floor if there are no more
     */
    record Run(long floor, long upper) {
        boolean isEmpty() {
            return floor == upper;
        }
    }

    SpanWalk(Tx tx, SpanStore spans, AuditQuery query) {
        this.tx = tx;
        this.spans = spans;
        this.query = query;
        this.telling = query.since() != null || query.until() != null || query.text() != null;
    }

    /** The highest run below {@code upper}. */
    Run below(long upper) {
        if (!telling || upper <= 1) {
            return new Run(1, Math.max(1, upper));
        }
        long highest = SpanStore.of(upper - 1);
        while (isPassedOver(highest)) {
            highest--;
        }
        long lowest = highest;
        while (lowest > knownDownTo && !isPassedOver(lowest - 1)) {
            lowest--;
        }
        return highest < 0
                ? new Run(1, 1)
                : new Run(SpanStore.first(lowest), Math.min(upper, SpanStore.first(highest + 1)));
    }

    private boolean isPassedOver(long span) {
        if (span < 0) {
            return false;
        }
        if (span < knownDownTo) {
            List<Span> page = spans.from(tx, span);
            page.stream()
                    .filter(each -> !each.mayHave(query))
                    .forEach(each -> passedOver.add(each.number()));
            knownDownTo = page.size() < SpanStore.PAGE ? 0 : page.getLast().number();
        }
        return passedOver.contains(span);
    }
}
