package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Condition;
import com.neuralrouter.contract.ProviderHealth.Probe;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Tells from what the last requests and probes met whether a provider answers. */
final class ProviderCondition {
    /** What is older says nothing of how it is now. */
    static final long LATELY = Duration.ofHours(1).toMillis();

    private ProviderCondition() {}

    /**
     * What the last requests met at one of its models. Epoch milliseconds; -1 for never.
     *
     * @param failing whether it is the provider's doing that it answers nothing
     * @param lastFailure of whatever kind
     */
    record Asked(boolean failing, long lastSuccess, long lastFailure) {
        long last() {
            return Math.max(lastSuccess, lastFailure);
        }
    }

    /**
     * @param asked each of its models that has been asked
     * @param probe the last one; null if there has been none
     */
    static Condition of(List<Asked> asked, @Nullable Probe probe, long now) {
        List<Asked> lately = asked.stream().filter(each -> isLately(each.last(), now)).toList();
        long answered = latest(lately.stream().mapToLong(Asked::lastSuccess).toArray());
        long probed = probe == null ? -1 : probe.at().toEpochMilli();
        boolean probedLately = probe != null && isLately(probed, now);
        boolean probedWell = probe != null && probe.good() && probedLately;
        if (probedLately && !probedWell && probed >= answered) {
            return Condition.DOWN;
        }
        long failing = lately.stream().filter(Asked::failing).count();
        if (failing == 0) {
            return probedWell || isLately(answered, now) ? Condition.WELL : Condition.UNKNOWN;
        }
        long failed = latest(lately.stream().mapToLong(Asked::lastFailure).toArray());
        boolean answersProbes = probedWell && probed >= failed;
        return failing == lately.size() && !answersProbes ? Condition.DOWN : Condition.DEGRADED;
    }

    /** When it last answered a request, epoch milliseconds; -1 if it has not. */
    static long lastSuccess(List<Asked> asked) {
        return latest(asked.stream().mapToLong(Asked::lastSuccess).toArray());
    }

    private static boolean isLately(long millis, long now) {
        return millis >= 0 && now - millis <= LATELY;
    }

    private static long latest(long... millis) {
        long latest = -1;
        for (long each : millis) {
            latest = Math.max(latest, each);
        }
        return latest;
    }
}
