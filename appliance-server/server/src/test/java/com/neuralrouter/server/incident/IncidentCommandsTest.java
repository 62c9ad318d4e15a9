package com.neuralrouter.server.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.Event;
import com.neuralrouter.contract.Incident.Kind;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.metric.PrometheusText;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

@Tag("store")
class IncidentCommandsTest {
    @TempDir private Path folder;
    private TestSite site;
    private IncidentCommands commands;
    private final IncidentStore store = new IncidentStore();

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        commands = new IncidentCommands(site.transactions, store, site.ids, site.clock);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private Incident observed(String subject, String text) {
        return site.apply(tx -> commands.observeIn(tx, "rule", subject, "watch", text));
    }

    private void resolve(String subject) {
        site.apply(tx -> {
            var events = new ArrayList<AuditEvent>();
            events.add(AuditEvent.done("test.done", "test", Map.of()));
            events.addAll(commands.resolveIn(tx, "rule", subject, "watch", "well again"));
            return new Audited<>(true, List.copyOf(events));
        });
    }

    private List<Incident> all() {
        return site.reads.read(tx -> store.before(tx, null, 10));
    }

    @Test
    void isCountedByRuleAndStateUntilItIsClosed() {
        var metrics = new IncidentMetrics(site.reads, store, Set.of("other", "rule"));
        Incident one = observed("gpu-one", "too slow");
        observed("gpu-two", "too slow");
        Incident three = observed("gpu-three", "too slow");
        commands.acknowledge(site.as(Permission.INCIDENTS_MANAGE), one.id());
        resolve("gpu-three");
        PrometheusText before = PrometheusText.of(metrics);
        commands.close(site.as(Permission.INCIDENTS_MANAGE), three.id(), new IncidentNote(""));

        PrometheusText after = PrometheusText.of(metrics);

        assertThat(incidents(before, "rule", "open")).isEqualTo(1);
        assertThat(incidents(before, "rule", "acknowledged")).isEqualTo(1);
        assertThat(incidents(before, "rule", "resolved")).isEqualTo(1);
        assertThat(incidents(before, "other", "open")).isZero();
        assertThat(incidents(after, "rule", "resolved")).isZero();
    }

    private static double incidents(PrometheusText told, String rule, String state) {
        return told.value("neural_router_incidents", "rule", rule, "state", state);
    }

    @Test
    void hasATimelineFromItsOpeningToItsClosing() {
        Incident opened = observed("gpu-one", "too slow");

        observed("gpu-one", "slower");
        commands.acknowledge(site.as(Permission.INCIDENTS_MANAGE), opened.id());
        commands.note(
                site.as(Permission.INCIDENTS_MANAGE),
                opened.id(),
                new IncidentNote("the vendor is informed"));
        resolve("gpu-one");
        Incident closed =
                commands.close(
                        site.as(Permission.INCIDENTS_MANAGE), opened.id(), new IncidentNote(""));

        assertThat(closed.state()).isEqualTo(State.CLOSED);
        assertThat(closed.closedAt()).isNotNull();
        assertThat(closed.timeline())
                .extracting(Event::kind)
                .containsExactly(
                        Kind.OPENED,
                        Kind.OBSERVED,
                        Kind.ACKNOWLEDGED,
                        Kind.NOTE,
                        Kind.RESOLVED,
                        Kind.CLOSED);
        assertThat(closed.timeline().get(3).actor()).isEqualTo("tester");
    }

    @Test
    void leavesAnEntryForEachStepAndKeepsTheNotesWordsOutOfTheTrail() {
        Incident opened = observed("gpu-one", "too slow");
        commands.note(
                site.as(Permission.INCIDENTS_MANAGE),
                opened.id(),
                new IncidentNote("confidential"));
        commands.acknowledge(site.as(Permission.INCIDENTS_MANAGE), opened.id());
        commands.close(site.as(Permission.INCIDENTS_MANAGE), opened.id(), new IncidentNote("done"));

        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .contains(
                        "incident.opened",
                        "incident.noted",
                        "incident.acknowledged",
                        "incident.closed");
        assertThat(site.entries().toString()).doesNotContain("confidential");
    }

    @Test
    void aRuleHasOneOpenIncidentForEachSubject() {
        Incident first = observed("gpu-one", "too slow");
        observed("gpu-one", "still");
        observed("gpu-two", "down");
        commands.close(site.as(Permission.INCIDENTS_MANAGE), first.id(), new IncidentNote(""));
        observed("gpu-one", "again");

        assertThat(all())
                .extracting(Incident::subject)
                .containsExactly("gpu-one", "gpu-two", "gpu-one");
    }

    @Test
    void whatWasResolvedIsOpenAgainWhenItComesBack() {
        observed("gpu-one", "too slow");
        resolve("gpu-one");
        assertThat(all().getFirst().state()).isEqualTo(State.RESOLVED);

        observed("gpu-one", "again");

        assertThat(all()).singleElement().extracting(Incident::state).isEqualTo(State.OPEN);
    }

    @Test
    void nothingIsDoneAboutAClosedOne() {
        Incident opened = observed("gpu-one", "too slow");
        commands.close(site.as(Permission.INCIDENTS_MANAGE), opened.id(), new IncidentNote(""));

        assertThatThrownBy(() ->
                        commands.acknowledge(site.as(Permission.INCIDENTS_MANAGE), opened.id()))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("closed already");
    }

    @Test
    void doesNotGrowWithoutBound() {
        for (int i = 0; i < IncidentStore.MOST_EVENTS + 20; i++) {
            observed("gpu-one", "still slow");
        }

        assertThat(all().getFirst().timeline()).hasSize(IncidentStore.MOST_EVENTS);
    }
}
