package com.neuralrouter.server.incident;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** {@code GET /admin/v1/incidents}, and what is done about one. */
public final class IncidentEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final IncidentStore store;
    private final IncidentCommands commands;

    public IncidentEndpoints(SiteReads reads, IncidentStore store, IncidentCommands commands) {
        this.reads = reads;
        this.store = store;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.INCIDENTS, this::list);
        routes.post(AdminApi.INCIDENTS + "/{id}" + AdminApi.ACKNOWLEDGE, this::acknowledge);
        routes.post(AdminApi.INCIDENTS + "/{id}" + AdminApi.NOTES, this::note);
        routes.post(AdminApi.INCIDENTS + "/{id}" + AdminApi.CLOSE, this::close);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.INCIDENTS_READ);
        int limit = request.limit();
        IncidentId before = request.query("cursor").map(IncidentEndpoints::cursor).orElse(null);
        return AdminAnswer.ok(
                Pages.of(
                        reads.read(tx -> store.before(tx, before, limit + 1)),
                        limit,
                        Function.identity(),
                        incident -> incident.id().toString()));
    }

    private static @Nullable IncidentId cursor(String text) {
        try {
            return IncidentId.of(text);
        } catch (IllegalArgumentException _) {
            throw AdminRefused.field("cursor", "is none that this list has given out");
        }
    }

    private AdminAnswer acknowledge(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.INCIDENTS_MANAGE);
        return answer(commands.acknowledge(by, id(request)));
    }

    private AdminAnswer note(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.INCIDENTS_MANAGE);
        return answer(commands.note(by, id(request), request.body(IncidentNote.class)));
    }

    private AdminAnswer close(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.INCIDENTS_MANAGE);
        return answer(commands.close(by, id(request), request.body(IncidentNote.class)));
    }

    private static IncidentId id(AdminHttpRequest request) {
        return request.id("id", IncidentId::new);
    }

    private static AdminAnswer answer(Incident incident) {
        return AdminAnswer.ok(incident);
    }
}
