package com.neuralrouter.desktop.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class ApiKeysViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final WorkspaceScope scope = new WorkspaceScope(site, Direct.tasks(), Samples.CLOCK);
    private final ApiKeysViewModel model =
            new ApiKeysViewModel(site, Direct.tasks(), scope, notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void listsTheKeysOfTheChosenWorkspaceAlone() {
        assertThat(known())
                .extracting(ApiKey::name)
                .containsExactly("claims-backend", "claims-batch", "claims-staging", "laptop-jk");

        scope.select(scope.workspaces().known().orElseThrow().getLast());

        assertThat(known()).isEmpty();
    }

    @Test
    void neverShowsTheKeysOfTheWorkspaceBefore() {
        site.failWith(new Trouble.Unreachable("hq:9443", "connection refused"));

        scope.select(scope.workspaces().known().orElseThrow().getLast());

        assertThat(model.loader().state().get()).isInstanceOf(Load.Failed.class);
    }

    @Test
    void stopsFollowingTheWorkspaceWhileItIsNotShown() {
        model.stop();
        int calls = site.calls.size();

        scope.select(scope.workspaces().known().orElseThrow().getLast());

        assertThat(site.calls).hasSize(calls);
    }

    @Test
    void searchesNamePrefixAndLastFour() {
        model.search().set("7hbn");

        assertThat(model.rows(known())).extracting(ApiKey::name).containsExactly("claims-batch");
    }

    @Test
    void givesTheSecretOfANewKeyOnceAndShowsTheKeyOnTop() {
        var received = new ArrayList<CreatedApiKey>();

        model.create(model.submission(), " nightly ", Lifetime.DAYS_30, received::add);

        assertThat(received)
                .singleElement()
                .satisfies(created -> {
                    assertThat(created.secret()).startsWith(created.key().prefix());
                    assertThat(created.key().expiresAt())
                            .isEqualTo(Samples.NOW.plus(Duration.ofDays(30)));
                });
        assertThat(known().getFirst().name()).isEqualTo("nightly");
    }

    @Test
    void createsAKeyThatNeverExpiresOnlyWhenAskedTo() {
        var received = new ArrayList<CreatedApiKey>();

        model.create(model.submission(), "nightly", Lifetime.UNLIMITED, received::add);

        assertThat(received.getFirst().key().expiresAt()).isNull();
    }

    @Test
    void keepsTheFormOpenWhenCreatingIsRefused() {
        var submission = model.submission();
        var received = new ArrayList<CreatedApiKey>();
        var refusal = FakeAdminClient.problem(ProblemCode.NAME_TAKEN, "There is one already.");
        site.refuseNext(refusal);

        model.create(submission, "claims-batch", Lifetime.DAYS_90, received::add);

        assertThat(received).isEmpty();
        assertThat(submission.trouble().get()).contains(refusal);
        assertThat(known()).hasSize(4);
    }

    @Test
    void showsARevokedKeyAsRevokedAtOnceAndInItsPlace() {
        var done = new AtomicInteger();

        model.revoke(model.submission(), known().get(1), done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(known().get(1).state()).isEqualTo(ApiKey.State.REVOKED);
        assertThat(known()).hasSize(4);
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("apikeys.revoked");
    }

    @Test
    void leavesAKeyActiveWhenRevokingIsRefused() {
        var submission = model.submission();
        var refusal = FakeAdminClient.problem(ProblemCode.PERMISSION_MISSING, "No.");
        site.refuseNext(refusal);

        model.revoke(submission, known().getFirst(), () -> {});

        assertThat(submission.trouble().get()).contains(refusal);
        assertThat(known().getFirst().state()).isEqualTo(ApiKey.State.ACTIVE);
    }

    @Test
    void saysWhileTypingWhatANameMayBe() {
        assertThat(model.nameProblem("claims 2")).isEmpty();
        assertThat(model.nameProblem("  ")).isPresent();
        assertThat(model.nameProblem("a".repeat(101))).isPresent();
    }

    private List<ApiKey> known() {
        return model.loader().known().orElseThrow();
    }
}
