package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.vault.Stock.Kept;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of the site's backups, read every few seconds so that work on them can be watched,
 * and how that work is begun: it goes on in the appliance, whether or not anybody watches. Window's
 * thread only.
 */
public final class BackupsViewModel implements Listing<Stock, Kept> {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final AdminClient client;
    private final Notices notices;
    private final Ticker ticker;
    private final Clock clock;
    private final Loader<Stock> stock;
    private final Submission work;
    private Cancellable ticking = Cancellable.NOTHING;

    /** The run whose end is to be told. */
    private Optional<String> watched = Optional.empty();

    public BackupsViewModel(
            AdminClient client, Tasks tasks, Notices notices, Ticker ticker, Clock clock) {
        this.client = client;
        this.notices = notices;
        this.ticker = ticker;
        this.clock = clock;
        stock = new Loader<>(tasks, clock, "backups");
        work = new Submission(tasks, "work on backups");
        stock.state().addListener((_, _, state) -> state.known().ifPresent(this::watch));
        work.trouble()
                .addListener((_, _, trouble) ->
                        trouble.ifPresent(why -> notices.failure("vault.run.refused", why)));
    }

    @Override
    public Loader<Stock> loader() {
        return stock;
    }

    @Override
    public void start() {
        refresh();
        ticking.cancel();
        ticking = ticker.every(PERIOD, this::poll);
    }

    @Override
    public void stop() {
        ticking.cancel();
        stock.cancel();
    }

    @Override
    public void refresh() {
        stock.load(() ->
                client.backups()
                        .then(list -> History.read(client).map(told -> new Stock(list, told))));
    }

    @Override
    public boolean isEmpty(Stock read) {
        return read.list().backups().isEmpty();
    }

    @Override
    public List<Kept> rows(Stock read) {
        return read.kept();
    }

    /** What somebody should look at. */
    List<Warning> warnings(Stock read) {
        return read.warnings(Instant.now(clock));
    }

    /** Whether work can be begun: one at a time. */
    BooleanBinding isReady() {
        return Bindings.createBooleanBinding(
                () ->
                        !work.busy().get()
                                && stock.known()
                                        .map(known -> known.running().isEmpty())
                                        .orElse(false),
                stock.state(),
                work.busy());
    }

    /** Begins a backup of the data and one of the keys. */
    void backUp() {
        begin(client::createBackups);
    }

    /** Begins to read that backup whole and to prove it. */
    void verify(Backup backup) {
        begin(() -> client.verifyBackup(backup.name()));
    }

    private void begin(Supplier<Answer<BackupRun>> call) {
        work.send(call, run -> stock.update(known -> known.with(run)));
    }

    /** What the audit trail tells is read again only when it is asked for: it is long. */
    private void poll() {
        stock.known()
                .ifPresentOrElse(
                        known ->
                                stock.poll(() ->
                                        client.backups()
                                                .map(list -> new Stock(list, known.history()))),
                        this::refresh);
    }

    private void watch(Stock now) {
        watched.flatMap(id ->
                        now.list().runs().stream().filter(run -> run.id().equals(id)).findFirst())
                .ifPresent(this::tellEnd);
        watched = now.running().map(BackupRun::id);
    }

    private void tellEnd(BackupRun run) {
        switch (run.state()) {
            case RUNNING -> {}
            case DONE ->
                    notices.success(
                            switch (run.operation()) {
                                case CREATE -> "vault.run.created";
                                case VERIFY -> "vault.run.verified";
                            },
                            String.join(", ", run.backups()));
            case FAILED -> notices.warning("vault.run.failed", String.valueOf(run.problem()));
        }
    }
}
