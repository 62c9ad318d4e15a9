package com.neuralrouter.desktop.health;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Search;

import javafx.beans.Observable;
import javafx.beans.property.StringProperty;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the screen of providers' health knows and can do: it reads it every few seconds while it is
 * shown. Window's thread only.
 */
public final class HealthViewModel implements Listing.Whole<ProviderHealth> {
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final int LONGEST_REASON = 1_000;

    private final AdminClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Notices notices;
    private final Loader<List<ProviderHealth>> health;
    private final Search search = new Search();
    private Cancellable ticking = Cancellable.NOTHING;

    public HealthViewModel(
            AdminClient client, Tasks tasks, Ticker ticker, Notices notices, Clock clock) {
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.notices = notices;
        health = new Loader<>(tasks, clock, "provider health");
    }

    /** Those that are not in service first, then those that break a promise, then by name. */
    @Override
    public Loader<List<ProviderHealth>> loader() {
        return health;
    }

    @Override
    public void start() {
        refresh();
        ticking.cancel();
        ticking = ticker.every(PERIOD, () -> health.poll(this::read));
    }

    @Override
    public void stop() {
        ticking.cancel();
        health.cancel();
    }

    @Override
    public void refresh() {
        health.load(this::read);
    }

    /** By name. */
    public StringProperty search() {
        return search.text();
    }

    @Override
    public List<Observable> filters() {
        return List.of(search.text());
    }

    @Override
    public List<ProviderHealth> rows(List<ProviderHealth> all) {
        return all.stream().filter(each -> search.finds(each.name())).toList();
    }

    /** The key of what is wrong with a reason as it was typed so far; empty if nothing is. */
    public Optional<String> reasonProblem(String reason) {
        return reason.isBlank() || reason.strip().length() > LONGEST_REASON
                ? Optional.of("health.reason.wrong")
                : Optional.empty();
    }

    /** For one form: keep it as long as that is open. */
    public Submission submission() {
        return new Submission(tasks, "change a provider's standing");
    }

    /** Takes it out of service, or puts it back if it is not in service. */
    public void change(
            Submission submission, ProviderHealth provider, String reason, Runnable done) {
        var wanted = new ChangeStanding(reason.strip());
        boolean out = provider.standing() == Standing.IN_SERVICE;
        submission.send(
                () ->
                        out
                                ? client.suspendProvider(provider.id(), wanted)
                                : client.resumeProvider(provider.id(), wanted),
                changed -> {
                    health.update(list ->
                            inOrder(
                                    list.stream()
                                            .map(each ->
                                                    each.id().equals(changed.id()) ? changed : each)
                                            .toList()));
                    notices.success(out ? "health.suspended" : "health.resumed", changed.name());
                    done.run();
                });
    }

    private Answer<List<ProviderHealth>> read() {
        return Pages.all(client::providerHealth).map(HealthViewModel::inOrder);
    }

    private static List<ProviderHealth> inOrder(List<ProviderHealth> list) {
        return list.stream()
                .sorted(
                        Comparator.comparing((ProviderHealth each) ->
                                        each.standing() == Standing.IN_SERVICE)
                                .thenComparing(each -> each.breaches().isEmpty())
                                .thenComparing(ProviderHealth::name))
                .toList();
    }
}
