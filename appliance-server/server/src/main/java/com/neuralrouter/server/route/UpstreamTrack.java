package com.neuralrouter.server.route;

import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.server.provider.ProviderFailure;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How one upstream has been doing since the appliance was started, and what it has to do just now.
 * Safe for all threads, without locks.
 */
final class UpstreamTrack {
    static final Health UNKNOWN = new Health(HealthState.UNKNOWN, 0, 0, null, null, null);

    private final LongAdder attempts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicInteger underWay = new AtomicInteger();
    private final LatencyEwma latency = new LatencyEwma();
    private final Circuit circuit = new Circuit();
    private volatile long lastSuccessAt = -1;
    private volatile long lastFailureAt = -1;
    private volatile @Nullable String lastFailure;

    Circuit circuit() {
        return circuit;
    }

    /** How many requests it has under way. */
    int underWay() {
        return underWay.get();
    }

    LatencyEwma latency() {
        return latency;
    }

    void begun() {
        underWay.incrementAndGet();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    void succeeded(long now) {
        attempts.increment();
        lastSuccessAt = now;
        circuit.close();
    }

    void failed(ProviderFailure failure, long now) {
        attempts.increment();
        failures.increment();
        lastFailure = failure.reason();
        lastFailureAt = now;
        if (failure.lasting()) {
            Long wish = ProviderFailure.retryAfter(failure);
            circuit.failed(now, wish == null ? 0 : wish, opens(failure));
        }
    }

    /** Whether it is the upstream's doing, and not that of one workspace's credential. */
    private static boolean opens(ProviderFailure failure) {
        return switch (failure) {
            case ProviderFailure.Rejected rejected ->
                    switch (rejected.status()) {
                        case 401, 402, 403 -> false;
                        default -> true;
                    };
            case ProviderFailure.Throttled _ -> false;
            default -> true;
        };
    }

    Health shown() {
        long tried = attempts.sum();
        if (tried == 0) {
            return UNKNOWN;
        }
        return new Health(
                circuit.failing() ? HealthState.FAILING : HealthState.HEALTHY,
                tried,
                failures.sum(),
                instant(lastSuccessAt),
                instant(lastFailureAt),
                lastFailure);
    }

    /** Whether it has answered nothing since its last failure, and when it was last asked. */
    ProviderCondition.Asked asked() {
        return new ProviderCondition.Asked(
                circuit.failuresInARow() > 0, lastSuccessAt, lastFailureAt);
    }

    private static @Nullable Instant instant(long millis) {
        return millis < 0 ? null : Instant.ofEpochMilli(millis);
    }
}
