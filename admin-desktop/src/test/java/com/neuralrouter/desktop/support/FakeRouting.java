package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.Event;
import com.neuralrouter.contract.Incident.Kind;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.RoutingClient;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a {@link FakeAdminClient} about providers' health, incidents and decisions. */
abstract class FakeRouting extends FakeAnswers implements RoutingClient {
    public final List<ProviderHealth> health = new CopyOnWriteArrayList<>();
    public final List<Incident> incidents = new CopyOnWriteArrayList<>();

    @Override
    public Answer<Page<ProviderHealth>> providerHealth(String cursor) {
        return read("providerHealth", () -> new Page<>(health, null));
    }

    @Override
    public Answer<ProviderHealth> suspendProvider(ProviderId id, ChangeStanding wanted) {
        return change("suspendProvider", () -> stand(id, Standing.SUSPENDED, wanted.reason()));
    }

    @Override
    public Answer<ProviderHealth> resumeProvider(ProviderId id, ChangeStanding wanted) {
        return change("resumeProvider", () -> stand(id, Standing.IN_SERVICE, null));
    }

    private ProviderHealth stand(ProviderId id, Standing standing, @Nullable String reason) {
        ProviderHealth before =
                health.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        var after =
                new ProviderHealth(
                        id,
                        before.name(),
                        standing,
                        reason == null ? null : Samples.NOW,
                        false,
                        reason,
                        before.condition(),
                        before.lastAnswer(),
                        before.window(),
                        before.promise(),
                        before.breaches(),
                        before.lastProbe());
        health.set(health.indexOf(before), after);
        return after;
    }

    @Override
    public Answer<Page<Incident>> incidents(String cursor) {
        return read("incidents", () -> new Page<>(incidents, null));
    }

    @Override
    public Answer<Incident> acknowledgeIncident(IncidentId id) {
        return change(
                "acknowledgeIncident", () -> add(id, State.ACKNOWLEDGED, Kind.ACKNOWLEDGED, ""));
    }

    @Override
    public Answer<Incident> noteIncident(IncidentId id, IncidentNote note) {
        return change("noteIncident", () -> add(id, find(id).state(), Kind.NOTE, note.text()));
    }

    @Override
    public Answer<Incident> closeIncident(IncidentId id, IncidentNote note) {
        return change("closeIncident", () -> add(id, State.CLOSED, Kind.CLOSED, note.text()));
    }

    private Incident add(IncidentId id, State state, Kind kind, String text) {
        Incident before = find(id);
        var timeline = new ArrayList<>(before.timeline());
        timeline.add(new Event(Samples.NOW, kind, "Ana Ruiz", text));
        var after =
                new Incident(
                        id,
                        before.rule(),
                        before.subject(),
                        state,
                        before.openedAt(),
                        state == State.CLOSED ? Samples.NOW : null,
                        timeline);
        incidents.set(incidents.indexOf(before), after);
        return after;
    }

    private Incident find(IncidentId id) {
        return incidents.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public Answer<Explanation> explanation(RequestId request) {
        return read("explanation", () -> RouteSamples.explanation(request));
    }
}
