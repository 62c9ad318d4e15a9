package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.route.ProviderMeter.Met;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/**
 * How each upstream, a model at a provider, has been doing since the appliance was started. Told by
 * the inference pipeline after each attempt, read by the {@link RoutePlanner} and the admin plane.
 * It is no part of the snapshot and outlives every change of the configuration. Safe for all
 * threads, without locks.
 */
public final class UpstreamHealth {

    private record Key(ProviderId provider, String model) {}

    private final Clock clock;
    private final ConcurrentMap<Key, UpstreamTrack> tracks = new ConcurrentHashMap<>();
    private final ConcurrentMap<ProviderId, ProviderMeter> meters = new ConcurrentHashMap<>();

    public UpstreamHealth(Clock clock) {
        this.clock = clock;
    }

    /** An attempt got an answer that was whole, or that the app itself ended. */
    public void succeeded(ProviderId provider, String model) {
        long now = clock.millis();
        track(provider, model).succeeded(now);
        meter(provider).count(Met.ANSWER, now);
    }

    /** An attempt failed, before its answer began or in the middle of it. */
    public void failed(ProviderId provider, String model, ProviderFailure failure) {
        if (!failure.blamesProvider()) {
            return;
        }
        long now = clock.millis();
        track(provider, model).failed(failure, now);
        Met met = met(failure);
        if (met != null) {
            meter(provider).count(met, now);
        }
    }

    /**
     * What a failure says about the provider's service; null for what one workspace's own
     * credential or account has caused.
     */
    private static @Nullable Met met(ProviderFailure failure) {
        return switch (failure) {
            case ProviderFailure.Unreachable _,
                    ProviderFailure.TimedOut _,
                    ProviderFailure.BadReply _ ->
                    Met.NOTHING;
            case ProviderFailure.Rejected rejected ->
                    switch (rejected.status()) {
                        case 401, 402, 403, 404 -> null;
                        default -> Met.ERROR;
                    };
            default -> null;
        };
    }

    /** An answer began that long after it was asked for. */
    void began(ProviderId provider, long nanos) {
        meter(provider).began(nanos / 1e6, clock.millis());
    }

    /** An answer was written in that time. */
    void wrote(ProviderId provider, long tokens, long nanos) {
        meter(provider).wrote(tokens, Math.max(1, nanos / 1_000), clock.millis());
    }

    /** The appliance itself asked. */
    void probed(ProviderId provider, boolean good) {
        meter(provider).count(good ? Met.ANSWER : Met.NOTHING, clock.millis());
    }

    /** What requests met there in the last so many milliseconds. */
    WindowSums sums(ProviderId provider, long windowMillis) {
        return meter(provider).sums(clock.millis(), windowMillis);
    }

    private ProviderMeter meter(ProviderId provider) {
        ProviderMeter meter = meters.get(provider);
        return meter != null ? meter : meters.computeIfAbsent(provider, _ -> new ProviderMeter());
    }

    /** What the admin plane shows. */
    public Health of(ProviderId provider, String model) {
        UpstreamTrack track = tracks.get(new Key(provider, model));
        return track == null ? UpstreamTrack.UNKNOWN : track.shown();
    }

    /** Takes what is known of each upstream that has been asked, in no order. */
    void each(ProviderId provider, BiConsumer<String, Health> taker) {
        tracks.forEach((key, track) -> {
            if (key.provider().equals(provider)) {
                taker.accept(key.model(), track.shown());
            }
        });
    }

    /** What the last requests met at each of its models that has been asked. */
    List<ProviderCondition.Asked> asked(ProviderId provider) {
        return tracks.entrySet().stream()
                .filter(each -> each.getKey().provider().equals(provider))
                .map(each -> each.getValue().asked())
                .filter(each -> each.last() >= 0)
                .toList();
    }

    UpstreamTrack track(ProviderId provider, String model) {
        Key key = new Key(provider, model);
        UpstreamTrack track = tracks.get(key);
        return track != null ? track : tracks.computeIfAbsent(key, _ -> new UpstreamTrack());
    }

    long now() {
        return clock.millis();
    }
}
