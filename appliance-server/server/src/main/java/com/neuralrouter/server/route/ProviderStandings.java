package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which providers are suspended, and which are on their way back: those that are in service are not
 * in here. Read by every plan; changed after the change has been committed. Safe for all threads.
 */
public final class ProviderStandings {
    /** How many of a hundred requests a provider gets that has just come back. */
    static final int TRICKLE_PERCENT = 10;

    /** Numbers of the draw that no strategy takes. */
    private static final int TRICKLE_DRAW = 4_000;

    private final ConcurrentMap<ProviderId, Suspension> suspensions = new ConcurrentHashMap<>();
    private final ConcurrentMap<ProviderId, Map<Cause, LongAdder>> counts =
            new ConcurrentHashMap<>();

    /** What a provider was suspended for. */
    enum Cause {
        AVAILABILITY,
        ERRORS,
        FIRST_TOKEN,
        TOKENS_PER_SECOND,
        MANUAL;

        static Cause of(ProviderHealth.Measure broken) {
            return switch (broken) {
                case AVAILABILITY -> AVAILABILITY;
                case ERRORS -> ERRORS;
                case FIRST_TOKEN_MILLIS -> FIRST_TOKEN;
                case TOKENS_PER_SECOND -> TOKENS_PER_SECOND;
            };
        }
    }

    /** Takes over what is in the store. */
    public void load(Map<ProviderId, Suspension> stored) {
        suspensions.keySet().retainAll(stored.keySet());
        suspensions.putAll(stored);
    }

    void put(ProviderId provider, Suspension suspension) {
        suspensions.put(provider, suspension);
    }

    void remove(ProviderId provider) {
        suspensions.remove(provider);
    }

    /** Counts that a provider was suspended for that. */
    void count(ProviderId provider, Cause cause) {
        counts.computeIfAbsent(provider, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(cause, _ -> new LongAdder())
                .increment();
    }

    /** How often it was suspended for that since the start. */
    long counted(ProviderId provider, Cause cause) {
        LongAdder count = counts.getOrDefault(provider, Map.of()).get(cause);
        return count == null ? 0 : count.sum();
    }

    /** In service, unless it is known otherwise. */
    Standing of(ProviderId provider) {
        Suspension suspension = suspensions.get(provider);
        return suspension == null ? Standing.IN_SERVICE : suspension.standing();
    }

    @Nullable Suspension suspension(ProviderId provider) {
        return suspensions.get(provider);
    }

    /** Whether a request may be sent there. */
    boolean admits(ProviderId provider, Draw draw) {
        return switch (of(provider)) {
            case IN_SERVICE -> true;
            case SUSPENDED -> false;
            case RETURNING ->
                    draw.number(TRICKLE_DRAW + (provider.hashCode() & 0xff)) * 100
                            <= TRICKLE_PERCENT;
        };
    }
}
