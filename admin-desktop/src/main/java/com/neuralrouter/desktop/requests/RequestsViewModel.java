package com.neuralrouter.desktop.requests;

import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.SearchedList;
import com.neuralrouter.desktop.witness.EntryProof;
import com.neuralrouter.desktop.witness.ReceiptVerdict;
import com.neuralrouter.desktop.witness.WitnessModel;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the screen of requests knows and can do: it follows the appliance second by second while it
 * is shown and not paused, and keeps the newest thousand. Window's thread only.
 */
public final class RequestsViewModel extends SearchedList<RequestSummary> {
    /** More than anybody reads; the table stays quick. */
    static final int MOST = 1_000;

    private static final int LONGEST_REASON = 500;
    private static final int FIRST_PAGE = 200;
    private static final int NEWS = 500;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final AdminClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final WitnessModel witness;
    private final Loader<List<RequestSummary>> requests;
    private final ObjectProperty<Optional<Outcome>> outcome =
            new SimpleObjectProperty<>(Optional.empty());
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private Cancellable ticking = Cancellable.NOTHING;

    public RequestsViewModel(
            AdminClient client, Tasks tasks, Ticker ticker, Clock clock, WitnessModel witness) {
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.witness = witness;
        requests = new Loader<>(tasks, clock, "requests");
        paused.addListener((_, _, now) -> {
            if (!now) {
                follow();
            }
        });
    }

    /** The newest first. */
    @Override
    public Loader<List<RequestSummary>> loader() {
        return requests;
    }

    /**
     * Asks why the request went where it went; the receiver gets the answer, or why there is none.
     */
    public Cancellable explain(RequestSummary request, Consumer<Answer<Explanation>> receiver) {
        return tasks.run("explain a request", () -> client.explanation(request.id()), receiver);
    }

    /** Whether the log has the request as it is shown; the receiver gets what came of it. */
    public void prove(RequestSummary request, Consumer<EntryProof> receiver) {
        witness.prove(request, receiver);
    }

    /** Whether a receipt is the one that was given for that request. */
    public void check(String receipt, RequestSummary request, Consumer<ReceiptVerdict> receiver) {
        witness.check(receipt, request, receiver);
    }

    /** For one form: keep it as long as that is open. */
    Submission submission() {
        return new Submission(tasks, "read kept content");
    }

    /** The key of what is wrong with a reason as typed so far; empty if nothing is. */
    static Optional<String> reasonProblem(String reason) {
        int length = reason.strip().length();
        return length == 0 || length > LONGEST_REASON
                ? Optional.of("requests.content.reason.wrong")
                : Optional.empty();
    }

    /**
     * Reads what is kept of the request's content; the reason goes into the audit trail. The
     * receiver gets nothing where nothing is kept.
     */
    void readContent(
            Submission submission,
            RequestSummary request,
            String reason,
            Consumer<Optional<KeptContent>> receiver) {
        var wanted = new ReadContent(request.id(), reason.strip());
        submission.send(() -> kept(client.governance().readContent(wanted)), receiver);
    }

    private static Answer<Optional<KeptContent>> kept(Answer<KeptContent> answer) {
        return answer instanceof Answer.Refused<KeptContent>(Trouble.ByAppliance(Problem problem))
                        && problem.code() == ProblemCode.NOT_FOUND
                ? new Answer.Ok<>(Optional.empty())
                : answer.map(Optional::of);
    }

    /** The end that the list is narrowed to; empty shows all. */
    public ObjectProperty<Optional<Outcome>> outcome() {
        return outcome;
    }

    /** While it is set, the list stands still, so that it can be read. */
    public BooleanProperty paused() {
        return paused;
    }

    /** Begins to follow. */
    @Override
    public void start() {
        refresh();
        ticking.cancel();
        ticking =
                ticker.every(
                        PERIOD,
                        () -> {
                            if (!paused.get()) {
                                follow();
                            }
                        });
    }

    @Override
    public void stop() {
        ticking.cancel();
        requests.cancel();
    }

    /** Reads the newest anew, also while it is paused. */
    @Override
    public void refresh() {
        requests.load(() -> client.requests("", FIRST_PAGE).map(Page::items));
    }

    @Override
    public List<Observable> filters() {
        return List.of(search(), outcome);
    }

    @Override
    public List<RequestSummary> rows(List<RequestSummary> all) {
        return all.stream()
                .filter(each -> outcome.get().map(each.outcome()::equals).orElse(true))
                .filter(this::finds)
                .toList();
    }

    private void follow() {
        var known = requests.known().orElse(List.of());
        if (known.isEmpty()) {
            requests.poll(() -> client.requests("", FIRST_PAGE).map(Page::items));
            return;
        }
        long newest = known.getFirst().position();
        requests.poll(() -> newsAfter(newest).map(news -> onTop(news, known)));
    }

    private Answer<List<RequestSummary>> newsAfter(long position) {
        return client.requestsAfter(position, NEWS).map(Page::items);
    }

    private static List<RequestSummary> onTop(
            List<RequestSummary> oldestFirst, List<RequestSummary> known) {
        if (oldestFirst.isEmpty()) {
            return known;
        }
        var all = new ArrayList<>(oldestFirst.reversed());
        all.addAll(known);
        return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }

    /** Any name in it, its id and its problem. */
    @Override
    protected @Nullable String[] words(RequestSummary each) {
        var problem = each.problem();
        return new @Nullable String[] {
            each.workspaceName(),
            each.apiKeyName(),
            each.model(),
            each.provider(),
            each.servedModel(),
            problem == null ? null : problem.wire(),
            each.id().toString()
        };
    }
}
