package com.neuralrouter.desktop.limits;

import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.client.UsageClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.SearchedList;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the screen of limits and budgets knows: it reads them every few seconds while it is shown,
 * the fullest first. Window's thread only.
 */
public final class LimitsViewModel extends SearchedList<Allowance> {
    /** What teaches how limits come about: to be copied from the empty screen. */
    static final String APPLY = "neural-router apply -f site.yaml";

    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final Comparator<Allowance> ORDER =
            Comparator.comparing(Allowance::percent, Comparator.reverseOrder())
                    .thenComparing(Allowance::key);

    private final UsageClient client;
    private final Ticker ticker;
    private final Loader<List<Allowance>> allowances;

    public LimitsViewModel(AdminClient client, Tasks tasks, Ticker ticker, Clock clock) {
        this.client = client.usage();
        this.ticker = ticker;
        allowances = new Loader<>(tasks, clock, "limits and budgets");
    }

    @Override
    public Loader<List<Allowance>> loader() {
        return allowances;
    }

    @Override
    public void start() {
        allowances.follow(ticker, PERIOD, this::read);
    }

    @Override
    public void refresh() {
        allowances.load(this::read);
    }

    @Override
    protected String[] words(Allowance each) {
        return new String[] {each.workspace(), each.name(), each.budget()};
    }

    private Answer<List<Allowance>> read() {
        return Pages.all(client::limits)
                .then(limits ->
                        Pages.all(client::budgets)
                                .map(budgets ->
                                        inOrder(
                                                limits.stream()
                                                        .flatMap(each ->
                                                                Allowance.of(each).stream()),
                                                budgets)));
    }

    private static List<Allowance> inOrder(Stream<Allowance> limits, List<BudgetStatus> budgets) {
        return Stream.concat(limits, budgets.stream().flatMap(each -> Allowance.of(each).stream()))
                .sorted(ORDER)
                .toList();
    }
}
