package com.neuralrouter.desktop.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class CredentialsViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final WorkspaceScope scope = new WorkspaceScope(site, Direct.tasks(), Samples.CLOCK);
    private final CredentialsViewModel model =
            new CredentialsViewModel(site, Direct.tasks(), scope, notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void listsTheCredentialsOfTheChosenWorkspaceAlone() {
        assertThat(known())
                .extracting(Credential::providerName)
                .containsExactly("gpu-hall-a", "eu-hosted");

        scope.select(scope.workspaces().known().orElseThrow().getLast());

        assertThat(known()).isEmpty();
    }

    @Test
    void offersOnlyProvidersThatWantACredential() {
        site.providers.add(
                new Provider(
                        Samples.id(ProviderId::of, 29),
                        "acceptance",
                        ProviderKind.LOOPBACK,
                        null,
                        Provider.Authentication.NONE,
                        "on-prem",
                        null,
                        false,
                        "zero",
                        0,
                        Samples.NOW));

        model.refresh();

        assertThat(model.providers().known().orElseThrow())
                .extracting(Provider::name)
                .containsExactly("eu-hosted", "gpu-hall-a", "gpu-hall-b");
    }

    @Test
    void replacesTheOneThatTheWorkspaceHasForTheProvider() {
        var done = new AtomicInteger();
        var hosted = provider("eu-hosted");
        assertThat(model.heldFor(hosted)).isPresent();

        model.put(
                model.submission(),
                hosted,
                "contract 2027-004",
                "sk-new-abcd".toCharArray(),
                done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(known()).hasSize(2);
        assertThat(model.heldFor(hosted).orElseThrow().lastFour()).isEqualTo("abcd");
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("credentials.stored");
    }

    @Test
    void keepsTheOldOneWhenReplacingIsRefused() {
        var submission = model.submission();
        var refusal = FakeAdminClient.problem(ProblemCode.STORE_UNAVAILABLE, "Read only.");
        site.refuseNext(refusal);

        model.put(submission, provider("eu-hosted"), "", "sk-new-abcd".toCharArray(), () -> {});

        assertThat(submission.trouble().get()).contains(refusal);
        assertThat(model.heldFor(provider("eu-hosted")).orElseThrow().lastFour()).isEqualTo("Zq3x");
    }

    @Test
    void takesADeletedOneOutOfTheListAtOnce() {
        model.delete(model.submission(), known().getFirst(), () -> {});

        assertThat(known()).extracting(Credential::providerName).containsExactly("eu-hosted");
        assertThat(site.credentials).hasSize(1);
    }

    private Provider provider(String name) {
        return site.providers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Credential> known() {
        return model.loader().known().orElseThrow();
    }
}
