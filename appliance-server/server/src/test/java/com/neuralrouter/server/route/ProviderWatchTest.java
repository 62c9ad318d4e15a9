package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.incident.IncidentStore;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.route.Prober.Probed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider that breaks its promise, with a clock that the test turns: out within one window,
 * nothing but probes after that, and back by itself.
 */
@Tag("store")
class ProviderWatchTest {
    private static final long SECOND = 1_000;
    private static final int REQUESTS_A_SECOND = 4;

    @TempDir private Path folder;
    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final InstantSource ticks = () -> Instant.ofEpochMilli(now.get());
    private final Clock clock = ticks.withZone(ZoneOffset.UTC);
    private final UpstreamHealth health = new UpstreamHealth(clock);
    private final ProviderStandings standings = new ProviderStandings();
    private final RoutePlanner planner = new RoutePlanner(health, standings);
    private final ProbeBook book = new ProbeBook();
    private final AtomicBoolean well = new AtomicBoolean(true);
    private final AtomicInteger probes = new AtomicInteger();
    private final IncidentStore incidents = new IncidentStore();
    private TestSite site;
    private Endpoint endpoint;
    private SuspensionCommands commands;
    private long served;
    private long seed;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        site.provider("p");
        endpoint = site.reads.read(site.providerStore::all).getFirst().endpoint();
        commands =
                new SuspensionCommands(
                        site.transactions,
                        new SuspensionStore(),
                        site.providerStore,
                        new IncidentCommands(site.transactions, incidents, site.ids, clock),
                        standings,
                        clock);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private ProviderWatch watch(Terms terms) {
        var watched = new WatchedProvider(endpoint, terms, List.of("m"));
        return new ProviderWatch(
                new ProviderWatch.Sight(() -> List.of(watched), health, standings, book),
                commands,
                (_, _, _) -> {
                    probes.incrementAndGet();
                    return new Probed(well.get(), 3, well.get() ? "it answered" : "refused");
                },
                Runnable::run,
                site.ids,
                clock);
    }

    private static Terms terms(OnBreach onBreach, Terms.Probing.Kind probing) {
        return new Terms(
                Terms.UNDECLARED.capacity(),
                0,
                new Sla(30 * SECOND, 20, 990, 50, 0, 0, onBreach),
                new Terms.Probing(probing, 5_000, null));
    }

    /** Lets so many seconds pass, each with some requests and one look. */
    private void pass(ProviderWatch watch, int seconds) {
        for (int i = 0; i < seconds; i++) {
            for (int j = 0; j < REQUESTS_A_SECOND; j++) {
                request();
            }
            now.addAndGet(SECOND);
            watch.tick();
        }
    }

    private void request() {
        var route =
                new Route(
                        new RouteId(new UUID(0, 1)),
                        "r",
                        "public",
                        0,
                        List.of(new Route.Upstream(endpoint, "m")));
        var facts =
                new RouteFacts(
                        seed++,
                        "chat",
                        new RouteFacts.Who("", "", ""),
                        new RouteFacts.Traits(false, false, false, 1, 0),
                        Map.of());
        if (planner.plan(route, facts, _ -> null, _ -> true).empty()) {
            return;
        }
        served++;
        if (well.get()) {
            health.succeeded(endpoint.id(), "m");
        } else {
            health.failed(endpoint.id(), "m", new Rejected("500", 500));
        }
    }

    private Standing standing() {
        return standings.of(endpoint.id());
    }

    private List<String> actions() {
        return site.entries().reversed().stream()
                .map(entry -> entry.action())
                .filter(action -> action.startsWith("provider.") || action.startsWith("incident."))
                .filter(action -> !action.equals("provider.created"))
                .toList();
    }

    @Test
    void isSuspendedWithinOneWindowAndReturnsByItself() {
        ProviderWatch watch = watch(terms(OnBreach.SUSPEND, Terms.Probing.Kind.MODELS));
        pass(watch, 40);
        assertThat(standing()).isEqualTo(Standing.IN_SERVICE);

        well.set(false);
        long broken = now.get();
        while (standing() == Standing.IN_SERVICE && now.get() - broken <= 30 * SECOND) {
            pass(watch, 1);
        }
        assertThat(standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(now.get() - broken).as("within a window").isLessThanOrEqualTo(30 * SECOND);

        served = 0;
        int probesBefore = probes.get();
        pass(watch, 60);
        assertThat(served).as("requests while suspended").isZero();
        assertThat(probes.get() - probesBefore).as("probes while suspended").isBetween(8, 16);
        assertThat(standing()).isEqualTo(Standing.SUSPENDED);

        well.set(true);
        pass(watch, 20);
        assertThat(standing()).isEqualTo(Standing.RETURNING);
        served = 0;
        pass(watch, 20);
        assertThat(served).as("a tenth of 80 requests").isBetween(1L, 20L);
        pass(watch, 20);
        assertThat(standing()).isEqualTo(Standing.IN_SERVICE);
        served = 0;
        pass(watch, 10);
        assertThat(served).as("all requests").isEqualTo(10 * REQUESTS_A_SECOND);

        assertThat(actions())
                .containsExactly(
                        "provider.suspended",
                        "incident.opened",
                        "provider.returning",
                        "provider.resumed",
                        "incident.resolved");
        Incident incident = site.reads.read(tx -> incidents.before(tx, null, 10)).getFirst();
        assertThat(incident.state()).isEqualTo(Incident.State.RESOLVED);
        assertThat(incident.timeline().getFirst().text()).contains("% errors, 5.0 % promised");
    }

    @Test
    void isSuspendedAgainWhenTheTrickleFails() {
        ProviderWatch watch = watch(terms(OnBreach.SUSPEND, Terms.Probing.Kind.NONE));
        well.set(false);
        pass(watch, 10);
        assertThat(standing()).isEqualTo(Standing.SUSPENDED);

        for (int i = 0; i < 31 && standing() == Standing.SUSPENDED; i++) {
            pass(watch, 1);
        }
        assertThat(standing()).as("after a window of rest").isEqualTo(Standing.RETURNING);
        for (int i = 0; i < 60 && standing() == Standing.RETURNING; i++) {
            pass(watch, 1);
        }

        assertThat(standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(actions())
                .containsExactly(
                        "provider.suspended",
                        "incident.opened",
                        "provider.returning",
                        "provider.suspended",
                        "incident.observed");
    }

    @Test
    void isLeftInServiceWhenTheSiteWantsToBeToldOnly() {
        ProviderWatch watch = watch(terms(OnBreach.REPORT, Terms.Probing.Kind.NONE));
        well.set(false);
        pass(watch, 40);
        well.set(true);
        pass(watch, 60);

        assertThat(standing()).isEqualTo(Standing.IN_SERVICE);
        assertThat(actions())
                .containsExactly("incident.opened", "provider.recovered", "incident.resolved");
    }

    @Test
    void staysOutUntilAnAdministratorPutsItBack() {
        ProviderWatch watch = watch(terms(OnBreach.SUSPEND, Terms.Probing.Kind.MODELS));
        commands.suspend(
                site.as(Permission.PROVIDERS_MANAGE),
                endpoint.id(),
                new ChangeStanding("maintenance"));
        pass(watch, 120);
        assertThat(standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(served).isZero();

        commands.resume(
                site.as(Permission.PROVIDERS_MANAGE), endpoint.id(), new ChangeStanding("done"));

        assertThat(standing()).isEqualTo(Standing.IN_SERVICE);
        assertThat(actions()).containsExactly("provider.suspended", "provider.resumed");
    }

    @Test
    void aSuspensionOutlivesARestart() {
        commands.suspend(
                site.as(Permission.PROVIDERS_MANAGE), endpoint.id(), new ChangeStanding("broken"));

        var restarted = new ProviderStandings();
        restarted.load(site.reads.read(new SuspensionStore()::all));

        assertThat(restarted.of(endpoint.id())).isEqualTo(Standing.SUSPENDED);
        ProviderId other = new ProviderId(new UUID(9, 9));
        assertThat(restarted.of(other)).isEqualTo(Standing.IN_SERVICE);
    }

    @Test
    void aSlowProviderIsSuspendedToo() {
        var sla = new Sla(30 * SECOND, 20, 0, 0, 500, 0, OnBreach.SUSPEND);
        ProviderWatch watch =
                watch(new Terms(Terms.UNDECLARED.capacity(), 0, sla, Terms.UNDECLARED.probing()));
        for (int i = 0; i < 40; i++) {
            health.began(endpoint.id(), 2_000_000_000L);
        }

        pass(watch, 10);

        assertThat(standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(standings.suspension(endpoint.id()).reason())
                .contains("first token within")
                .contains("500 ms promised");
    }
}
