package com.neuralrouter.desktop.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.access.AccessViewModel.Part;
import com.neuralrouter.desktop.access.AccessViewModel.Review;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.GovernanceSamples;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class AccessViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final Navigator navigator = new Navigator();
    private final AccessViewModel model =
            new AccessViewModel(site, Direct.tasks(), notices, navigator, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void listsWhatAReviewerShouldLookAtFirst() {
        assertThat(names())
                .startsWith("Ana Ruiz", "reporting-2024", "shared cluster token")
                .hasSize(6);
    }

    @Test
    void narrowsByPartAndByWords() {
        model.part().set(Part.REMARKED);
        assertThat(names()).hasSize(3);

        model.part().set(Part.API_KEYS);
        assertThat(names()).containsExactly("reporting-2024", "claims-backend");

        model.search().set("RESEARCH");
        assertThat(names()).containsExactly("reporting-2024");
    }

    @Test
    void confirmsExactlyTheListThatWasLookedAt() {
        var done = new AtomicInteger();

        model.confirm(model.submission(), known(), "  ", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(site.governance.confirmed).isNotNull();
        assertThat(site.governance.confirmed.digest()).isEqualTo("a1b2");
        assertThat(site.governance.confirmed.note()).isNull();
        assertThat(AccessViewModel.review(known())).isEqualTo(Review.CURRENT);
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("access.confirmed");
    }

    @Test
    void readsTheListAnewWhenItHasChangedMeanwhile() {
        var looked = known();
        var submission = model.submission();
        var done = new AtomicInteger();
        site.governance.access = GovernanceSamples.access("c3d4", true);

        model.confirm(submission, looked, "checked", done::incrementAndGet);

        assertThat(done).hasValue(0);
        assertThat(submission.trouble().get())
                .get()
                .isInstanceOfSatisfying(
                        Trouble.ByAppliance.class,
                        refusal ->
                                assertThat(refusal.problem().code())
                                        .isEqualTo(ProblemCode.CHANGED_BY_OTHER));
        assertThat(known().digest()).isEqualTo("c3d4");
    }

    @Test
    void tellsHowTheListStandsWithItsLastReview() {
        assertThat(AccessViewModel.review(known())).isEqualTo(Review.CHANGED);
        assertThat(AccessViewModel.review(GovernanceSamples.access("e5", false)))
                .isEqualTo(Review.CURRENT);
        assertThat(AccessViewModel.review(new AccessList("e5", null, null, true, List.of())))
                .isEqualTo(Review.NEVER);
    }

    @Test
    void goesToWhereAccessIsTakenAway() {
        model.open(row("reporting-2024"));
        assertThat(navigator.current().get()).isEqualTo(Destination.API_KEYS);

        model.open(row("Ana Ruiz"));
        assertThat(navigator.current().get()).isEqualTo(Destination.DEVICES);
    }

    @Test
    void takesANoteOfSomeLength() {
        assertThat(model.noteProblem("")).isEmpty();
        assertThat(model.noteProblem("x".repeat(501))).isPresent();
    }

    private AccessList known() {
        return model.loader().known().orElseThrow();
    }

    private List<String> names() {
        return model.rows(known()).stream().map(Access::name).toList();
    }

    private Access row(String name) {
        return known().access().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
