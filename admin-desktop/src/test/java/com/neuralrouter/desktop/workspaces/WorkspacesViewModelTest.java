package com.neuralrouter.desktop.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class WorkspacesViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final Navigator navigator = new Navigator();
    private final WorkspaceScope scope = new WorkspaceScope(site, Direct.tasks(), Samples.CLOCK);
    private final WorkspacesViewModel model =
            new WorkspacesViewModel(site, Direct.tasks(), scope, notices, navigator);

    @Test
    void listsWorkspacesByName() {
        model.refresh();

        assertThat(model.loader().known().orElseThrow())
                .extracting(Workspace::name)
                .containsExactly(
                        "claims-assistant",
                        "code-review",
                        "contact-centre",
                        "fraud-pilot",
                        "research");
    }

    @Test
    void keepsTheOldListReadableWhenTheApplianceIsGone() {
        model.refresh();
        site.failWith(new Trouble.Unreachable("hq:9443", "connection refused"));

        model.refresh();

        assertThat(model.loader().state().get()).isInstanceOf(Load.Stale.class);
        assertThat(model.loader().known().orElseThrow()).hasSize(5);
    }

    @Test
    void searchesNamesAndDescriptionsWhateverTheirCase() {
        model.refresh();

        model.search().set("  ENGINEERING ");

        assertThat(model.rows(model.loader().known().orElseThrow()))
                .extracting(Workspace::name)
                .containsExactly("code-review");
    }

    @Test
    void showsANewWorkspaceInItsPlaceAndTellsOfIt() {
        model.refresh();
        var done = new AtomicInteger();

        model.create(model.submission(), " cards ", "Card disputes", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(model.loader().known().orElseThrow())
                .extracting(Workspace::name)
                .startsWith("cards");
        assertThat(scope.selected().get().orElseThrow().name()).isEqualTo("cards");
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("workspaces.created");
    }

    @Test
    void keepsTheFormOpenWhenTheNameIsTaken() {
        model.refresh();
        var done = new AtomicInteger();
        var submission = model.submission();

        model.create(submission, "research", "", done::incrementAndGet);

        assertThat(done).hasValue(0);
        assertThat(submission.trouble().get())
                .hasValueSatisfying(trouble ->
                        assertThat(trouble)
                                .isEqualTo(
                                        FakeAdminClient.problem(
                                                ProblemCode.NAME_TAKEN,
                                                "A workspace has that name already.")));
        assertThat(submission.busy().get()).isFalse();
    }

    @Test
    void takesADeletedWorkspaceFromTheListAndChoosesAnother() {
        model.refresh();
        var chosen = scope.selected().get().orElseThrow();
        var done = new AtomicInteger();

        model.delete(model.submission(), chosen, done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(site.workspaces).doesNotContain(chosen);
        assertThat(model.loader().known().orElseThrow()).hasSize(4).doesNotContain(chosen);
        assertThat(scope.selected().get().orElseThrow()).isNotEqualTo(chosen);
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("workspaces.deleted");
    }

    @Test
    void keepsAWorkspaceWhenItsDeletionIsRefused() {
        model.refresh();
        var refusal = FakeAdminClient.problem(ProblemCode.PERMISSION_MISSING, "Owners only.");
        var submission = model.submission();
        site.refuseNext(refusal);

        model.delete(submission, model.loader().known().orElseThrow().getFirst(), () -> {});

        assertThat(submission.trouble().get()).contains(refusal);
        assertThat(model.loader().known().orElseThrow()).hasSize(5);
    }

    @Test
    void proposesADeletionThatASecondPersonMustApprove() {
        model.refresh();
        var research = model.loader().known().orElseThrow().getLast();
        var submission = model.submission();
        var done = new AtomicInteger();
        site.refuseNext(FakeAdminClient.problem(ProblemCode.APPROVAL_REQUIRED, "Propose it."));
        model.delete(submission, research, done::incrementAndGet);

        assertThat(submission.needsSecondPerson()).isTrue();
        submission.propose(" nobody uses it ");

        var proposed = site.policies.proposed;
        assertThat(proposed.change())
                .isEqualTo(
                        ProposedChange.of(new WorkspaceDeletion(research.id(), research.name())));
        assertThat(proposed.note()).isEqualTo("nobody uses it");
        assertThat(done).hasValue(1);
        assertThat(model.loader().known().orElseThrow()).contains(research);
        assertThat(notices.all()).extracting(Notices.Notice::key).containsExactly("ui.proposed");
    }

    @Test
    void saysWhileTypingWhatANameMayBe() {
        assertThat(model.nameProblem("claims-2")).isEmpty();
        assertThat(model.nameProblem("Claims")).isPresent();
        assertThat(model.nameProblem("-claims")).isPresent();
        assertThat(model.nameProblem("a".repeat(64))).isPresent();
        assertThat(model.nameProblem("")).isPresent();
    }

    @Test
    void goesToTheKeysOfTheOpenedWorkspace() {
        model.refresh();
        var research = model.loader().known().orElseThrow().getLast();

        model.open(research, Destination.API_KEYS);

        assertThat(navigator.current().get()).isEqualTo(Destination.API_KEYS);
        assertThat(scope.selected().get()).contains(research);
    }
}
