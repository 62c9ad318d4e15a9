package com.neuralrouter.desktop.access;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AccessList.Kind;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.GovernanceClient;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Search;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the screen of who has access knows and can do. Window's thread only. */
public final class AccessViewModel implements Listing<AccessList, Access> {
    private static final int LONGEST_NOTE = 500;
    private static final Comparator<Access> ORDER =
            Comparator.comparing((Access each) -> each.remarks().isEmpty())
                    .thenComparing(Access::kind)
                    .thenComparing(Access::name, String.CASE_INSENSITIVE_ORDER);

    private final GovernanceClient client;
    private final Tasks tasks;
    private final Notices notices;
    private final Navigator navigator;
    private final Loader<AccessList> access;
    private final Search search = new Search();
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.ALL);

    /** Those with remarks come first. */
    public AccessViewModel(
            AdminClient client, Tasks tasks, Notices notices, Navigator navigator, Clock clock) {
        this.client = client.governance();
        this.tasks = tasks;
        this.notices = notices;
        this.navigator = navigator;
        access = new Loader<>(tasks, clock, "access");
    }

    @Override
    public Loader<AccessList> loader() {
        return access;
    }

    @Override
    public void refresh() {
        access.load(client::access);
    }

    @Override
    public boolean isEmpty(AccessList read) {
        return read.access().isEmpty();
    }

    /** By name, or by what is granted. */
    public StringProperty search() {
        return search.text();
    }

    /** What the list is narrowed to. */
    public ObjectProperty<Part> part() {
        return part;
    }

    @Override
    public List<Observable> filters() {
        return List.of(search.text(), part);
    }

    @Override
    public List<Access> rows(AccessList read) {
        return read.access().stream()
                .filter(part.get()::has)
                .filter(each -> search.finds(each.name(), each.grants()))
                .sorted(ORDER)
                .toList();
    }

    /** How the list stands with its last review. */
    static Review review(AccessList read) {
        if (read.reviewedAt() == null) {
            return Review.NEVER;
        }
        return read.changed() ? Review.CHANGED : Review.CURRENT;
    }

    /** Whether there is a list that could be confirmed. */
    BooleanBinding isKnown() {
        return Bindings.createBooleanBinding(() -> access.known().isPresent(), access.state());
    }

    /** The key of what is wrong with a note as it was typed so far; empty if nothing is. */
    public Optional<String> noteProblem(String note) {
        return note.strip().length() > LONGEST_NOTE
                ? Optional.of("access.confirm.note.wrong")
                : Optional.empty();
    }

    /**
     * For one form: keep it as long as that is open. When something has been granted or taken away
     * meanwhile, the list is read anew, so that it can be looked at again.
     */
    public Submission submission() {
        var submission = new Submission(tasks, "confirm who has access");
        submission
                .trouble()
                .addListener((_, _, trouble) ->
                        trouble.filter(AccessViewModel::isOutdated).ifPresent(_ -> refresh()));
        return submission;
    }

    /** Confirms exactly the list that was looked at. */
    public void confirm(Submission submission, AccessList looked, String note, Runnable done) {
        var stripped = note.strip();
        var confirmation = new ConfirmAccess(looked.digest(), stripped.isEmpty() ? null : stripped);
        submission.send(
                () -> client.confirmAccess(confirmation),
                confirmed -> {
                    access.update(_ -> confirmed);
                    notices.success("access.confirmed", confirmed.access().size());
                    done.run();
                });
    }

    /** Goes to where it can be taken away. */
    void open(Access one) {
        navigator.go(where(one.kind()));
    }

    /** Where such access is granted and taken away. */
    static Destination where(Kind kind) {
        return switch (kind) {
            case DEVICE -> Destination.DEVICES;
            case API_KEY -> Destination.API_KEYS;
            case CREDENTIAL -> Destination.CREDENTIALS;
        };
    }

    private static boolean isOutdated(Trouble trouble) {
        return trouble instanceof Trouble.ByAppliance refusal
                && refusal.problem().code() == ProblemCode.CHANGED_BY_OTHER;
    }

    /** How a list stands with its last review. */
    enum Review {
        NEVER,
        /** Something is granted otherwise than then. */
        CHANGED,
        CURRENT
    }

    /** What the list can be narrowed to. */
    public enum Part {
        ALL,
        /** What a reviewer should look at. */
        REMARKED,
        DEVICES,
        API_KEYS,
        CREDENTIALS;

        private boolean has(Access each) {
            return switch (this) {
                case ALL -> true;
                case REMARKED -> !each.remarks().isEmpty();
                case DEVICES -> each.kind() == Kind.DEVICE;
                case API_KEYS -> each.kind() == Kind.API_KEY;
                case CREDENTIALS -> each.kind() == Kind.CREDENTIAL;
            };
        }
    }
}
