package com.neuralrouter.desktop.overview;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What the overview knows and can do: it reads the site, and again every few seconds. */
public final class OverviewViewModel {
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final AdminClient client;
    private final Ticker ticker;
    private final Navigator navigator;
    private final Loader<Overview> overview;

    public OverviewViewModel(
            AdminClient client, Tasks tasks, Ticker ticker, Navigator navigator, Clock clock) {
        this.client = client;
        this.ticker = ticker;
        this.navigator = navigator;
        overview = new Loader<>(tasks, clock, "overview");
    }

    public Loader<Overview> overview() {
        return overview;
    }

    /** Begins to read, now and again and again. */
    public void start() {
        overview.follow(ticker, PERIOD, this::read);
    }

    /** Stops reading. */
    public void stop() {
        overview.cancel();
    }

    /** Reads now. */
    public void refresh() {
        overview.load(this::read);
    }

    /** Goes to where something can be dealt with. */
    public void go(Destination destination) {
        navigator.go(destination);
    }

    /** One call after the other; the first refusal ends it. */
    private Answer<Overview> read() {
        return client.status()
                .then(status ->
                        Pages.all(client::workspaces)
                                .then(workspaces ->
                                        Pages.all(client::routes)
                                                .then(routes -> read(status, workspaces, routes))));
    }

    private Answer<Overview> read(
            ApplianceStatus status, List<Workspace> workspaces, List<Route> routes) {
        return client.requests("", Overview.SAMPLE)
                .then(recent ->
                        Pages.all(client::devices)
                                .then(devices ->
                                        read(status, workspaces, routes, recent.items(), devices)));
    }

    private Answer<Overview> read(
            ApplianceStatus status,
            List<Workspace> workspaces,
            List<Route> routes,
            List<RequestSummary> recent,
            List<Device> devices) {
        return client.incidents("")
                .then(incidents ->
                        anyKey(workspaces)
                                .map(any ->
                                        new Overview(
                                                status,
                                                workspaces,
                                                routes,
                                                recent,
                                                devices,
                                                incidents.items(),
                                                any)));
    }

    private Answer<Boolean> anyKey(List<Workspace> workspaces) {
        for (Workspace workspace : workspaces) {
            switch (client.apiKeys(workspace.id(), "")) {
                case Answer.Refused<Page<ApiKey>>(Trouble why) -> {
                    return new Answer.Refused<>(why);
                }
                case Answer.Ok<Page<ApiKey>>(Page<ApiKey> page) -> {
                    if (page.items().stream().anyMatch(key -> key.state() == ApiKey.State.ACTIVE)) {
                        return new Answer.Ok<>(true);
                    }
                }
            }
        }
        return new Answer.Ok<>(false);
    }
}
