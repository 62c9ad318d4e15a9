package com.neuralrouter.desktop.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.desktop.policies.PolicyText.Read;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.PolicySamples;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class PoliciesViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final WorkspaceScope scope = new WorkspaceScope(site, Direct.tasks(), Samples.CLOCK);
    private final AtomicInteger done = new AtomicInteger();
    private final PoliciesViewModel model =
            new PoliciesViewModel(site, Direct.tasks(), scope, notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void showsTheVersionsOfTheSiteAndOfAWorkspace() {
        assertThat(numbers()).containsExactly(3L, 2L, 1L);

        model.show(new Whose.OfWorkspace(site.workspaces.getFirst()));

        assertThat(numbers()).isEmpty();
        assertThat(model.keys().known().orElseThrow()).hasSize(2);
    }

    @Test
    void sendsNothingBeforeExactlyThatWasTried() {
        var edit = model.edit();
        edit.add("noTraining");
        assertThat(edit.isReady().get()).isFalse();

        edit.tryOut();
        assertThat(edit.isReady().get()).isTrue();
        edit.add("noImages");
        assertThat(edit.isReady().get()).isFalse();
        edit.tryOut();
        edit.send("why not", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(site.policies.tried).isNotNull();
        assertThat(site.policies.tried.days()).isEqualTo(30);
        assertThat(known().getFirst().number()).isEqualTo(4);
        assertThat(known().getFirst().policy().noTraining()).isTrue();
        assertThat(known().getFirst().note()).isEqualTo("why not");
    }

    @Test
    void isNotReadyWhileATestFails() {
        site.policies.trial = PolicySamples.trial(false);
        var edit = model.edit();

        edit.tryOut();

        assertThat(edit.trial().known()).isPresent();
        assertThat(edit.isReady().get()).isFalse();
    }

    @Test
    void goesBackToAnOlderVersionInOneStep() {
        var edit = model.restore(known().get(1));
        edit.tryOut();

        edit.send("", done::incrementAndGet);

        assertThat(known().getFirst().number()).isEqualTo(4);
        assertThat(known().getFirst().restores()).isEqualTo(2);
        assertThat(site.calls).contains("activatePolicy");
    }

    @Test
    void proposesWhatTakesASecondPerson() {
        site.policies.rules = new ApprovalRules(List.of(ChangeKind.POLICY), 72);
        model.refresh();
        var edit = model.edit();
        edit.tryOut();

        edit.send("agreed", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(site.policies.proposed).isNotNull();
        assertThat(site.policies.proposed.note()).isEqualTo("agreed");
        assertThat(site.calls).doesNotContain("setPolicy");
    }

    @Test
    void learnsFromARefusalThatItTakesASecondPerson() {
        var edit = model.edit();
        edit.tryOut();
        site.policies.rules = new ApprovalRules(List.of(ChangeKind.POLICY), 72);

        edit.send("", done::incrementAndGet);
        assertThat(done).hasValue(0);
        assertThat(edit.isProposed().get()).isTrue();
        edit.send("", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(site.policies.proposed).isNotNull();
    }

    @Test
    void refusesARuleThatDoesNotExistOrStandsTwice() {
        assertThat(PolicyText.read("{\"maxOutputToken\": 1}")).isInstanceOf(Read.Wrong.class);
        assertThat(PolicyText.read("{\"noImages\": true, \"noImages\": false}"))
                .isInstanceOf(Read.Wrong.class);
        assertThat(PolicyText.read("{} {}")).isInstanceOf(Read.Wrong.class);
        assertThat(PolicyText.read("{\n\"noImages\": tru"))
                .isInstanceOfSatisfying(
                        Read.Wrong.class, wrong -> assertThat(wrong.line()).isEqualTo(2));
        assertThat(PolicyText.read(" ")).isEqualTo(new Read.Policy(PolicyDocument.NONE));
    }

    @Test
    void addsAnExampleOfEveryRuleThatCanBeReadBack() {
        var text = "";
        for (String rule : PolicyText.rules()) {
            text = PolicyText.with(text, rule);
        }

        assertThat(PolicyText.read(text))
                .isInstanceOfSatisfying(
                        Read.Policy.class,
                        read ->
                                assertThat(PolicyText.rulesOf(read.policy()))
                                        .hasSameSizeAs(PolicyText.rules()));
    }

    private List<PolicyVersion> known() {
        return model.loader().known().orElseThrow();
    }

    private List<Long> numbers() {
        return known().stream().map(PolicyVersion::number).toList();
    }
}
