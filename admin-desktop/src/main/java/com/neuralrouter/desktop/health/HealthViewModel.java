package com.neuralrouter.desktop.health;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Condition;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.SiteList;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * What the screen of providers' health knows and can do: it reads it every few seconds while it is
 * shown. Window's thread only.
 */
public final class HealthViewModel extends SiteList<ProviderHealth> {
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final int LONGEST_REASON = 1_000;
    private static final Comparator<ProviderHealth> ORDER =
            Comparator.comparing(HealthViewModel::shown).thenComparing(ProviderHealth::name);

    private final AdminClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Notices notices;

    /** What is shown of a provider in one word; the most urgent first. */
    enum Shown {
        SUSPENDED,
        /** In service, and answers nothing. */
        DOWN,
        RETURNING,
        /** In service, and answers only some. */
        DEGRADED,
        /** In service and answers, but breaks a promise. */
        BROKEN,
        /** In service, but nobody has asked it lately. */
        UNASKED,
        IN_SERVICE
    }

    /** Those that somebody should look at first, then by name. */
    public HealthViewModel(
            AdminClient client, Tasks tasks, Ticker ticker, Notices notices, Clock clock) {
        super(
                new Loader<>(tasks, clock, "provider health"),
                new Source<>(client::providerHealth, ProviderHealth::id, ORDER));
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.notices = notices;
    }

    static Shown shown(ProviderHealth each) {
        return switch (each.standing()) {
            case SUSPENDED -> Shown.SUSPENDED;
            case RETURNING -> Shown.RETURNING;
            case IN_SERVICE ->
                    switch (each.condition()) {
                        case DOWN -> Shown.DOWN;
                        case DEGRADED -> Shown.DEGRADED;
                        case UNKNOWN, WELL -> {
                            if (!each.breaches().isEmpty()) {
                                yield Shown.BROKEN;
                            }
                            yield each.condition() == Condition.WELL
                                    ? Shown.IN_SERVICE
                                    : Shown.UNASKED;
                        }
                    };
        };
    }

    @Override
    public void start() {
        follow(ticker, PERIOD);
    }

    /** By name. */
    @Override
    protected String[] words(ProviderHealth each) {
        return new String[] {each.name()};
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
                    put(changed);
                    notices.success(out ? "health.suspended" : "health.resumed", changed.name());
                    done.run();
                });
    }
}
