package com.neuralrouter.desktop.overview;

import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.shell.Destination;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A site at a glance, worked out from what was read of it.
 *
 * @param recent the newest requests, of any age, at most {@link #SAMPLE}
 * @param anyKey whether any workspace has an active API key
 */
public record Overview(
        ApplianceStatus status,
        List<Workspace> workspaces,
        List<Route> routes,
        List<RequestSummary> recent,
        List<Device> devices,
        List<Incident> incidents,
        boolean anyKey) {

    /** How many requests are looked at. */
    public static final int SAMPLE = 200;

    /** The period of the tiles about requests. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final Duration EXPIRES_SOON = Duration.ofDays(30);
    private static final double MANY_FAILURES = 0.1;
    private static final int ENOUGH_TO_JUDGE = 20;

    public Overview {
        workspaces = List.copyOf(workspaces);
        routes = List.copyOf(routes);
        recent = List.copyOf(recent);
        devices = List.copyOf(devices);
        incidents = List.copyOf(incidents);
    }

    /**
     * Something that somebody should look at.
     *
     * @param key the sentence
     * @param values what the sentence says
     * @param where the screen on which it can be dealt with
     */
    public record Attention(String key, List<Object> values, Destination where) {
        public Attention {
            values = List.copyOf(values);
        }
    }

    /** One thing that a new site needs before it serves its first app. */
    public record Task(String key, Destination where, boolean done) {}

    /** The requests of the last quarter of an hour by the appliance's clock. */
    public List<RequestSummary> window() {
        Instant from = status.now().minus(WINDOW);
        return recent.stream().filter(each -> !each.startedAt().isBefore(from)).toList();
    }

    /** Whether there may be more in the window than were looked at. */
    public boolean windowIsCut() {
        return recent.size() >= SAMPLE && window().size() == recent.size();
    }

    /** How many of the window's requests ended badly, and were not merely refused. */
    public long failures() {
        return window().stream().filter(Overview::failed).count();
    }

    /** How many of the window's requests were refused for what they asked. */
    public long refusals() {
        return window().stream().filter(RequestSummary::refused).count();
    }

    /**
     * The time to the first byte that this share of the window's answered requests stayed below,
     * µs; 0 if none was answered.
     */
    public long firstByteMicros(double share) {
        var sorted =
                window().stream()
                        .filter(each -> !failed(each) && !each.refused())
                        .mapToLong(RequestSummary::firstByteMicros)
                        .sorted()
                        .toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    /** All upstreams of all routes. */
    public List<Route.Upstream> upstreams() {
        return routes.stream().flatMap(route -> route.upstreams().stream()).toList();
    }

    /** How many of them are in that state. */
    public long upstreams(HealthState state) {
        return upstreams().stream().filter(each -> each.health().state() == state).count();
    }

    /** What somebody should look at, the most urgent first. */
    public List<Attention> attention() {
        var list = new ArrayList<Attention>();
        for (Route route : routes) {
            addRoute(route, list);
        }
        if (status.approvalsWaiting() > 0) {
            list.add(
                    new Attention(
                            "overview.attention.approvals",
                            List.of(status.approvalsWaiting()),
                            Destination.APPROVALS));
        }
        for (Incident incident : incidents) {
            if (incident.state() == Incident.State.OPEN) {
                list.add(
                        new Attention(
                                "overview.attention.incident",
                                List.of(incident.subject()),
                                Destination.INCIDENTS));
            }
        }
        if (window().size() >= ENOUGH_TO_JUDGE && failures() > MANY_FAILURES * window().size()) {
            list.add(
                    new Attention(
                            "overview.attention.failures",
                            List.of(failures(), window().size()),
                            Destination.REQUESTS));
        }
        for (Device device : devices) {
            addDevice(device, list);
        }
        return list;
    }

    /** What a new site needs, in the order in which it is done. */
    public List<Task> checklist() {
        return List.of(
                new Task("overview.task.route", Destination.ROUTES, !routes.isEmpty()),
                new Task("overview.task.workspace", Destination.WORKSPACES, !workspaces.isEmpty()),
                new Task("overview.task.key", Destination.API_KEYS, anyKey),
                new Task("overview.task.request", Destination.REQUESTS, !recent.isEmpty()));
    }

    /** Whether nothing of the checklist is left. */
    public boolean settled() {
        return checklist().stream().allMatch(Task::done);
    }

    private static boolean failed(RequestSummary request) {
        return switch (request.outcome()) {
            case COMPLETED, CLIENT_GONE, SHADOWED -> false;
            case FAILED -> !request.refused();
            case PROVIDER_BROKE, INTERRUPTED -> true;
        };
    }

    private static void addRoute(Route route, List<Attention> list) {
        long failing =
                route.upstreams().stream()
                        .filter(each -> each.health().state() == HealthState.FAILING)
                        .count();
        if (failing == 0) {
            return;
        }
        boolean all = failing == route.upstreams().size();
        list.add(
                all ? 0 : list.size(),
                new Attention(
                        all ? "overview.attention.route_down" : "overview.attention.route_degraded",
                        List.of(route.model(), failing, route.upstreams().size()),
                        Destination.ROUTES));
    }

    private void addDevice(Device device, List<Attention> list) {
        var left = Duration.between(status.now(), device.certificateExpiresAt());
        if (device.revokedAt() == null && left.compareTo(EXPIRES_SOON) < 0) {
            list.add(
                    left.isNegative()
                            ? new Attention(
                                    "overview.attention.certificate_expired",
                                    List.of(device.name()),
                                    Destination.DEVICES)
                            : new Attention(
                                    "overview.attention.certificate_expires",
                                    List.of(device.name(), left.toDays()),
                                    Destination.DEVICES));
        }
    }
}
