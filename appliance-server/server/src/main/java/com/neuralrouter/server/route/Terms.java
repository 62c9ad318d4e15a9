package com.neuralrouter.server.route;

import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;

import org.jspecify.annotations.Nullable;

/**
 * What a site declares of a provider's service: how much it takes, what it promises, how it is
 * probed. Immutable.
 *
 * @param totalMillis how long one attempt may take, the answer included; 0 for as long as the
 *     request has
 * @param sla null if nothing was promised
 */
public record Terms(Capacity capacity, int totalMillis, @Nullable Sla sla, Probing probing) {
    private static final int QUEUED = 32;
    private static final int QUEUE_MILLIS = 2_000;
    private static final int PROBE_SECONDS = 30;

    /** A provider of which nothing is declared. */
    public static final Terms UNDECLARED = new Terms(new Capacity(0, 0, 0), 0, null, Probing.NEVER);

    /** What a document declares, with what it leaves out filled in. */
    public static Terms of(@Nullable ServiceDocument service) {
        if (service == null) {
            return UNDECLARED;
        }
        return new Terms(
                new Capacity(
                        or(service.maxConcurrent(), 0),
                        or(service.maxQueued(), QUEUED),
                        or(service.queueMillis(), QUEUE_MILLIS)),
                or(service.attemptMillis(), 0),
                service.sla() == null ? null : Sla.of(service.sla()),
                service.probe() == null ? Probing.NEVER : probing(service.probe()));
    }

    private static Probing probing(ProbeDocument probe) {
        Probing.Kind kind =
                switch (probe.kind()) {
                    case MODELS -> Probing.Kind.MODELS;
                    case COMPLETION -> Probing.Kind.COMPLETION;
                };
        return new Probing(kind, or(probe.everySeconds(), PROBE_SECONDS) * 1_000, probe.model());
    }

    static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    /**
     * How many requests it takes.
     *
     * @param most at once; 0 for any number
     * @param queued how many may wait for a place
     * @param queueMillis how long one waits
     */
    public record Capacity(int most, int queued, int queueMillis) {}

    /**
     * How it is found out whether the provider is there, apart from requests.
     *
     * @param model whom a completion is asked of; null for any that a route leads to
     */
    public record Probing(Kind kind, int everyMillis, @Nullable String model) {
        static final Probing NEVER = new Probing(Kind.NONE, 0, null);

        /** What is asked of it. */
        public enum Kind {
            /** Nothing. */
            NONE,
            /** The list of its models, which costs nothing. */
            MODELS,
            /** One token, which costs a little. */
            COMPLETION
        }
    }
}
