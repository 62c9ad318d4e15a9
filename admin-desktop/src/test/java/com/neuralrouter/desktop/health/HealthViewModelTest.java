package com.neuralrouter.desktop.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Condition;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.RouteSamples;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class HealthViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final HealthViewModel model =
            new HealthViewModel(site, Direct.tasks(), new ManualTicker(), notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.refresh();
    }

    @Test
    void listsWhatIsOutOfServiceFirstAndThenWhatBreaksAPromise() {
        assertThat(known())
                .extracting(ProviderHealth::name)
                .containsExactly("gpu-hall-b", "eu-hosted", "gpu-hall-a");
    }

    @Test
    void saysOfWhatIsInServiceWhetherItAnswers() {
        site.health.addAll(
                List.of(
                        RouteSamples.inService(121, "a-unasked", Condition.UNKNOWN, null),
                        RouteSamples.inService(
                                122, "b-down", Condition.DOWN, Duration.ofMinutes(9)),
                        RouteSamples.inService(123, "c-some", Condition.DEGRADED, Duration.ZERO)));

        model.refresh();

        assertThat(known())
                .extracting(each -> each.name() + " " + HealthViewModel.shown(each))
                .containsExactly(
                        "gpu-hall-b SUSPENDED",
                        "b-down DOWN",
                        "c-some DEGRADED",
                        "eu-hosted BROKEN",
                        "a-unasked UNASKED",
                        "gpu-hall-a IN_SERVICE");
    }

    @Test
    void suspendsWhatIsInService() {
        var done = new AtomicInteger();

        model.change(model.submission(), named("gpu-hall-a"), " repair ", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(named("gpu-hall-a").standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(named("gpu-hall-a").reason()).isEqualTo("repair");
        assertThat(site.calls).contains("suspendProvider");
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("health.suspended");
    }

    @Test
    void putsBackWhatIsNot() {
        model.change(model.submission(), named("gpu-hall-b"), "repaired", () -> {});

        assertThat(named("gpu-hall-b").standing()).isEqualTo(Standing.IN_SERVICE);
        assertThat(site.calls).contains("resumeProvider");
    }

    @Test
    void changesNothingWhenThatIsRefused() {
        var submission = model.submission();
        site.refuseNext(FakeAdminClient.problem(ProblemCode.PERMISSION_MISSING, "Ask an owner."));

        model.change(submission, named("gpu-hall-a"), "repair", () -> {});

        assertThat(submission.trouble().get()).isPresent();
        assertThat(named("gpu-hall-a").standing()).isEqualTo(Standing.IN_SERVICE);
    }

    @Test
    void wantsAReason() {
        assertThat(model.reasonProblem(" ")).isPresent();
        assertThat(model.reasonProblem("x".repeat(1_001))).isPresent();
        assertThat(model.reasonProblem("repair")).isEmpty();
    }

    @Test
    void findsByName() {
        model.search().set("hosted");

        assertThat(model.rows(known()))
                .extracting(ProviderHealth::name)
                .containsExactly("eu-hosted");
    }

    private List<ProviderHealth> known() {
        return model.loader().known().orElseThrow();
    }

    private ProviderHealth named(String name) {
        return known().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
