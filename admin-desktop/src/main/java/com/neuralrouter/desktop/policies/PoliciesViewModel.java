package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.client.PolicyClient;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the screen of policies knows and can do: the versions of one policy, the newest first, which
 * is the one in force. Window's thread only.
 */
public final class PoliciesViewModel implements Listing.Whole<PolicyVersion> {
    private final AdminClient client;
    private final PolicyClient policies;
    private final Tasks tasks;
    private final WorkspaceScope scope;
    private final Notices notices;
    private final Clock clock;
    private final Loader<List<PolicyVersion>> versions;
    private final Loader<List<ApiKey>> keys;
    private final Loader<ApprovalRules> rules;
    private final ReadOnlyObjectWrapper<Whose> whose =
            new ReadOnlyObjectWrapper<>(new Whose.Site());

    public PoliciesViewModel(
            AdminClient client, Tasks tasks, WorkspaceScope scope, Notices notices, Clock clock) {
        this.client = client;
        this.tasks = tasks;
        this.scope = scope;
        this.notices = notices;
        this.clock = clock;
        policies = client.policies();
        versions = new Loader<>(tasks, clock, "policy versions");
        keys = new Loader<>(tasks, clock, "api keys");
        rules = new Loader<>(tasks, clock, "approval rules");
    }

    @Override
    public Loader<List<PolicyVersion>> loader() {
        return versions;
    }

    /** The site's workspaces, whose policies there are. */
    Loader<List<Workspace>> workspaces() {
        return scope.workspaces();
    }

    /** The keys of the workspace that is shown. */
    Loader<List<ApiKey>> keys() {
        return keys;
    }

    /** Whose policy is shown. */
    ReadOnlyObjectProperty<Whose> whose() {
        return whose.getReadOnlyProperty();
    }

    /** Shows another's. */
    void show(Whose other) {
        if (other.equals(whose.get())) {
            return;
        }
        whose.set(other);
        versions.loadAfresh(this::read);
        if (other instanceof Whose.OfWorkspace(Workspace workspace)) {
            keys.loadAfresh(() ->
                    Pages.all(cursor -> client.apiKeys(workspace.id(), cursor))
                            .map(all ->
                                    all.stream()
                                            .filter(key -> key.state() == ApiKey.State.ACTIVE)
                                            .toList()));
        }
    }

    @Override
    public void refresh() {
        versions.load(this::read);
        rules.load(policies::approvalRules);
        if (scope.workspaces().known().isEmpty()) {
            scope.refresh();
        }
    }

    private Answer<List<PolicyVersion>> read() {
        var target = whose.get().target();
        return Pages.all(cursor -> policies.policyVersions(target, cursor));
    }

    /** Whether a change of a policy needs a second person here, as far as is known. */
    BooleanBinding needsSecondPerson() {
        return Bindings.createBooleanBinding(
                () -> rules.known().map(each -> each.demand(ChangeKind.POLICY)).orElse(false),
                rules.state());
    }

    /** Whether there is something that can be changed. */
    BooleanBinding isKnown() {
        return Bindings.createBooleanBinding(() -> versions.known().isPresent(), versions.state());
    }

    /** Begins to change the rules in force. */
    PolicyEdit edit() {
        var newest = versions.known().stream().flatMap(List::stream).findFirst();
        return begin(
                new PolicyEdit.Draft(
                        whose.get(),
                        newest.map(PolicyVersion::number).orElse(0L),
                        newest.map(PolicyVersion::policy).orElse(PolicyDocument.NONE),
                        0));
    }

    /** Begins to go back to an older version. */
    PolicyEdit restore(PolicyVersion older) {
        return begin(new PolicyEdit.Draft(whose.get(), 0, older.policy(), older.number()));
    }

    private PolicyEdit begin(PolicyEdit.Draft draft) {
        return new PolicyEdit(
                new PolicyEdit.Parts(policies, tasks, clock, notices), draft, rules, this::refresh);
    }

    /** What is different between two versions; 0 stands for no rules. */
    Cancellable compare(long from, long to, Consumer<Answer<PolicyDiff>> receiver) {
        var target = whose.get().target();
        return tasks.run("compare policies", () -> policies.policyDiff(target, from, to), receiver);
    }
}
