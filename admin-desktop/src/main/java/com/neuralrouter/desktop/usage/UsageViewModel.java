package com.neuralrouter.desktop.usage;

import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.client.UsageClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Search;

import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What the screen of usage and cost knows and can do: it asks for one report at a time, and writes
 * the same as a file. Window's thread only.
 */
public final class UsageViewModel implements Listing<UsageReport, UsageRow> {
    private final UsageClient client;
    private final Notices notices;
    private final Clock clock;
    private final Loader<UsageReport> report;
    private final Submission export;
    private final Search search = new Search();
    private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.MONTH);
    private final ObjectProperty<By> by = new SimpleObjectProperty<>(By.WORKSPACE);
    private final ObjectProperty<Period> period = new SimpleObjectProperty<>(Period.TOTAL);

    /** Which time is summed up; months and days are those of UTC. */
    public enum Range {
        TODAY,
        WEEK,
        /** This month until now. */
        MONTH,
        LAST_MONTH
    }

    /** What is told apart. */
    public enum By {
        WORKSPACE(Dimension.WORKSPACE),
        API_KEY(Dimension.WORKSPACE, Dimension.API_KEY),
        MODEL(Dimension.MODEL),
        PROVIDER(Dimension.PROVIDER),
        /** Whom to charge for what. */
        CHARGEBACK(Dimension.WORKSPACE, Dimension.API_KEY, Dimension.MODEL);

        private final List<Dimension> dimensions;

        By(Dimension... dimensions) {
            this.dimensions = List.of(dimensions);
        }
    }

    public UsageViewModel(AdminClient client, Tasks tasks, Notices notices, Clock clock) {
        this.client = client.usage();
        this.notices = notices;
        this.clock = clock;
        report = new Loader<>(tasks, clock, "usage");
        export = new Submission(tasks, "export usage");
        export.trouble()
                .addListener((_, _, trouble) ->
                        trouble.ifPresent(why -> notices.failure("usage.export.failed", why)));
        range.addListener((_, _, _) -> readAfresh());
        by.addListener((_, _, _) -> readAfresh());
        period.addListener((_, _, _) -> readAfresh());
    }

    @Override
    public Loader<UsageReport> loader() {
        return report;
    }

    @Override
    public void refresh() {
        var query = query();
        report.load(() -> client.usage(query));
    }

    private void readAfresh() {
        var query = query();
        report.loadAfresh(() -> client.usage(query));
    }

    /** What is asked for now. */
    UsageQuery query() {
        var now = Instant.now(clock);
        var nextHour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return switch (range.get()) {
            case TODAY -> query(start(today), nextHour);
            case WEEK -> query(start(today.minusDays(6)), nextHour);
            case MONTH -> query(start(today.withDayOfMonth(1)), nextHour);
            case LAST_MONTH ->
                    query(
                            start(today.withDayOfMonth(1).minusMonths(1)),
                            start(today.withDayOfMonth(1)));
        };
    }

    private UsageQuery query(Instant since, Instant until) {
        return new UsageQuery(
                since, until, by.get().dimensions, period.get(), null, null, null, null);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    public ObjectProperty<Range> range() {
        return range;
    }

    public ObjectProperty<By> by() {
        return by;
    }

    /** How time is cut. */
    public ObjectProperty<Period> period() {
        return period;
    }

    /** By any name in a row. */
    public StringProperty search() {
        return search.text();
    }

    @Override
    public List<Observable> filters() {
        return List.of(search.text());
    }

    @Override
    public boolean isEmpty(UsageReport read) {
        return read.rows().isEmpty();
    }

    @Override
    public List<UsageRow> rows(UsageReport read) {
        return read.rows().stream()
                .filter(row ->
                        search.finds(row.workspace(), row.apiKey(), row.model(), row.provider()))
                .toList();
    }

    /** Whether a file is being made. */
    public ReadOnlyBooleanProperty exporting() {
        return export.busy();
    }

    /** What the file may be called. */
    String fileName() {
        var query = query();
        return "usage-%s-%s.csv"
                .formatted(
                        LocalDate.ofInstant(query.since(), ZoneOffset.UTC),
                        by.get().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Writes what is shown, whole, as CSV; the appliance makes the file and keeps an entry. */
    public void export(Path target) {
        var query = query();
        export.send(
                () -> client.exportUsage(query).then(made -> write(made, target)),
                written -> notices.success("usage.exported", written.toString()));
    }

    private static Answer<Path> write(UsageExport made, Path target) {
        try {
            return new Answer.Ok<>(Files.writeString(target, made.csv()));
        } catch (IOException e) {
            return new Answer.Refused<>(new Trouble.Defect("cannot write " + target));
        }
    }
}
