package com.neuralrouter.server.route;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderHealth.Breach;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.route.Prober.Probed;
import com.neuralrouter.server.route.ProviderStandings.Cause;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Watches the providers: probes them on their schedule, and holds what requests meet there against
 * what they promise. Who breaks a promise is taken out of service, with the evidence, an audit
 * entry and an incident; while it is out, only probes go there. After {@link #GOOD_PROBES} good
 * ones in a row, or after a window where nothing is probed, a small share of the requests finds out
 * whether it holds; after a window without a breach it is in full service again. Who is taken out
 * by an administrator stays out until an administrator puts it back.
 *
 * <p>{@link #tick} is called by one thread, about once a second; nothing else here keeps time.
 */
public final class ProviderWatch {
    static final int GOOD_PROBES = 3;

    private static final Logger LOG = System.getLogger(ProviderWatch.class.getName());

    /** What is known of one provider between two ticks. */
    private static final class Notes {
        /** Nothing from before is held against it. */
        long judgedFrom;

        long nextProbeAt;
        long probes;
        boolean reported;
    }

    /** What it looks at. */
    public record Sight(
            Supplier<List<WatchedProvider>> providers,
            UpstreamHealth health,
            ProviderStandings standings,
            ProbeBook book) {}

    private final Sight sight;
    private final SuspensionCommands commands;
    private final Prober prober;
    private final Executor probes;
    private final Ids ids;
    private final Clock clock;
    private final Map<ProviderId, Notes> notes = new HashMap<>();

    /**
     * @param probes runs a probe, which blocks
     */
    public ProviderWatch(
            Sight sight,
            SuspensionCommands commands,
            Prober prober,
            Executor probes,
            Ids ids,
            Clock clock) {
        this.sight = sight;
        this.commands = commands;
        this.prober = prober;
        this.probes = probes;
        this.ids = ids;
        this.clock = clock;
    }

    /** Looks at every provider once. */
    public void tick() {
        long now = clock.millis();
        for (WatchedProvider provider : sight.providers().get()) {
            Notes known = notes.computeIfAbsent(provider.id(), _ -> new Notes());
            try {
                probeIfDue(provider, known, now);
                judge(provider, known, now);
            } catch (RuntimeException failure) {
                // The store refuses, or the provider has just been removed: the next tick tries
                // again, and until then nothing has changed.
                LOG.log(
                        Level.WARNING,
                        "a provider could not be judged provider={0} cause={1}",
                        provider.endpoint().name(),
                        failure.getClass().getName());
            }
        }
    }

    private void probeIfDue(WatchedProvider provider, Notes known, long now) {
        Terms.Probing probing = provider.terms().probing();
        if (probing.kind() == Terms.Probing.Kind.NONE || now < known.nextProbeAt) {
            return;
        }
        // Between four and six fifths of the time, so that providers are not all asked at once.
        double jitter = new Draw(provider.id().hashCode()).number((int) (known.probes++ % 10_000));
        known.nextProbeAt = now + (long) (probing.everyMillis() * (0.8 + 0.4 * jitter));
        probes.execute(() -> probe(provider, probing));
    }

    private void probe(WatchedProvider provider, Terms.Probing probing) {
        Probed probed = prober.probe(provider.endpoint(), probing.kind(), provider.probedModel());
        if (probed == null) {
            return;
        }
        sight.book().note(provider.id(), probed, clock.instant());
        sight.health().probed(provider.id(), probed.good());
    }

    private void judge(WatchedProvider provider, Notes known, long now) {
        Suspension suspension = sight.standings().suspension(provider.id());
        Sla sla = provider.terms().sla();
        if (suspension == null) {
            if (sla != null) {
                judgeInService(provider, sla, known, now);
            }
        } else if (suspension.automatic()) {
            if (sla == null) {
                commands.returned(self(), provider.id(), "nothing is promised any more");
            } else if (suspension.standing() == Standing.SUSPENDED) {
                judgeSuspended(provider, sla, suspension, known, now);
            } else {
                judgeReturning(provider, sla, suspension, known, now);
            }
        }
    }

    private void judgeInService(WatchedProvider provider, Sla sla, Notes known, long now) {
        WindowSums sums = sums(provider, sla, known, now);
        List<Breach> breaches = sums.breaches(sla, sla.leastRequests());
        if (breaches.isEmpty()) {
            if (known.reported && sums.requests() >= sla.leastRequests()) {
                known.reported = false;
                commands.recovered(self(), provider.id(), "the promise is kept again");
            }
            return;
        }
        String evidence = Evidence.of(breaches, sums, sla);
        if (sla.onBreach() == OnBreach.SUSPEND) {
            suspend(provider, known, breaches, evidence, now);
        } else if (!known.reported) {
            known.reported = true;
            tell("a provider breaks its promise provider={0} evidence={1}", provider, evidence);
            commands.reported(self(), provider.id(), evidence);
        }
    }

    private void judgeSuspended(
            WatchedProvider provider, Sla sla, Suspension suspension, Notes known, long now) {
        boolean probed =
                provider.terms().probing().kind() != Terms.Probing.Kind.NONE
                        && sight.book().last(provider.id()) != null;
        long since = now - suspension.since().toEpochMilli();
        boolean ready =
                probed
                        ? sight.book().goodInARow(provider.id()) >= GOOD_PROBES
                        : since >= sla.windowMillis();
        if (ready) {
            known.judgedFrom = now;
            commands.returning(
                    self(),
                    provider.id(),
                    probed
                            ? GOOD_PROBES + " probes in a row were good"
                            : "it was left alone for " + since / 1_000 + " s");
        }
    }

    private void judgeReturning(
            WatchedProvider provider, Sla sla, Suspension suspension, Notes known, long now) {
        known.judgedFrom = Math.max(known.judgedFrom, suspension.since().toEpochMilli());
        WindowSums sums = sums(provider, sla, known, now);
        // It gets a tenth of the requests, so a tenth of them must do for a judgement.
        List<Breach> breaches = sums.breaches(sla, Math.max(3, sla.leastRequests() / 10));
        if (!breaches.isEmpty()) {
            suspend(provider, known, breaches, Evidence.of(breaches, sums, sla), now);
        } else if (now - known.judgedFrom >= sla.windowMillis()) {
            known.judgedFrom = now;
            commands.returned(
                    self(),
                    provider.id(),
                    "no promise was broken for " + sla.windowMillis() / 1_000 + " s");
        }
    }

    private void suspend(
            WatchedProvider provider,
            Notes known,
            List<Breach> breaches,
            String evidence,
            long now) {
        tell("a provider is suspended provider={0} evidence={1}", provider, evidence);
        sight.book().forgetGood(provider.id());
        commands.breached(self(), provider.id(), evidence);
        for (Breach breach : breaches) {
            sight.standings().count(provider.id(), Cause.of(breach.measure()));
        }
        known.judgedFrom = now;
    }

    private WindowSums sums(WatchedProvider provider, Sla sla, Notes known, long now) {
        long window = Math.min(sla.windowMillis(), now - known.judgedFrom);
        return sight.health().sums(provider.id(), window);
    }

    private static void tell(String sentence, WatchedProvider provider, String evidence) {
        LOG.log(Level.WARNING, sentence, provider.endpoint().name(), evidence);
    }

    private Authorised self() {
        return Authorisation.ofAppliance(
                "provider watch", Permission.PROVIDERS_MANAGE, ids.nextRequest());
    }
}
