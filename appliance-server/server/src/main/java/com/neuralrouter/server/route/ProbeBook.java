package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Probe;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.route.Prober.Probed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the last probes of each provider came to. Safe for all threads. */
public final class ProbeBook {

    private record Page(Probe last, int goodInARow, @Nullable Instant lastGood) {}

    private final ConcurrentMap<ProviderId, Page> pages = new ConcurrentHashMap<>();

    void note(ProviderId provider, Probed probed, Instant at) {
        var probe = new Probe(at, probed.good(), probed.millis(), probed.detail());
        pages.compute(provider, (_, before) -> next(before, probe));
    }

    private static Page next(@Nullable Page before, Probe probe) {
        if (probe.good()) {
            return new Page(probe, before == null ? 1 : before.goodInARow() + 1, probe.at());
        }
        return new Page(probe, 0, before == null ? null : before.lastGood());
    }

    /** Begins to count anew. */
    void forgetGood(ProviderId provider) {
        pages.computeIfPresent(
                provider, (_, before) -> new Page(before.last(), 0, before.lastGood()));
    }

    int goodInARow(ProviderId provider) {
        Page page = pages.get(provider);
        return page == null ? 0 : page.goodInARow();
    }

    @Nullable Probe last(ProviderId provider) {
        Page page = pages.get(provider);
        return page == null ? null : page.last();
    }

    /** When a probe was last good. */
    @Nullable Instant lastGood(ProviderId provider) {
        Page page = pages.get(provider);
        return page == null ? null : page.lastGood();
    }
}
