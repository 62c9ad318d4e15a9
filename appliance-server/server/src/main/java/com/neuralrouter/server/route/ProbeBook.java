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

    private record Page(Probe last, int goodInARow) {}

    private final ConcurrentMap<ProviderId, Page> pages = new ConcurrentHashMap<>();

    void note(ProviderId provider, Probed probed, Instant at) {
        var probe = new Probe(at, probed.good(), probed.millis(), probed.detail());
        pages.compute(
                provider,
                (_, before) ->
                        new Page(
                                probe,
                                probed.good() ? before == null ? 1 : before.goodInARow() + 1 : 0));
    }

    /** Begins to count anew. */
    void forgetGood(ProviderId provider) {
        pages.computeIfPresent(provider, (_, before) -> new Page(before.last(), 0));
    }

    int goodInARow(ProviderId provider) {
        Page page = pages.get(provider);
        return page == null ? 0 : page.goodInARow();
    }

    @Nullable Probe last(ProviderId provider) {
        Page page = pages.get(provider);
        return page == null ? null : page.last();
    }
}
