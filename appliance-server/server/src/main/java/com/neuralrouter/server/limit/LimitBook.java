package com.neuralrouter.server.limit;

import com.neuralrouter.contract.LimitsDocument;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * All limits of the site with how much of them is used: snapshots come and go, this stays. Changed
 * by who publishes, one at a time; read by anyone.
 */
public final class LimitBook {
    private final Map<Subject, Limits> bySubject = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /**
     * @param nanos a clock that nobody can set, as {@link System#nanoTime}
     */
    public LimitBook(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The subject's limits are these from now on. */
    public Limits put(Subject subject, LimitsDocument document) {
        Limits limits = bySubject.computeIfAbsent(subject, Limits::new);
        limits.allow(document, nanos);
        return limits;
    }

    /** The subject has no limits any more. */
    public void remove(Subject subject) {
        bySubject.remove(subject);
    }

    public Collection<Limits> all() {
        return bySubject.values();
    }
}
