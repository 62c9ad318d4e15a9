package com.neuralrouter.desktop.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

class LoaderTest {
    private static final Trouble LOST = new Trouble.Unreachable("hq:9443", "refused");

    private final Deque<Runnable> calls = new ArrayDeque<>();
    private final Loader<String> later =
            new Loader<>(new Tasks(calls::add, Runnable::run), Samples.CLOCK, "test");
    private final Loader<String> now = new Loader<>(Direct.tasks(), Samples.CLOCK, "test");

    @Test
    void goesFromIdleOverLoadingToLoaded() {
        var seen = new ArrayList<Load<String>>();
        now.state().subscribe(state -> seen.add(state));

        now.load(() -> new Answer.Ok<>("one"));

        assertThat(seen)
                .containsExactly(
                        new Load.Idle<>(),
                        new Load.Loading<>(),
                        new Load.Loaded<>("one", Samples.NOW));
        assertThat(now.busy().get()).isFalse();
    }

    @Test
    void keepsTheValueWhenReadingItAgainFails() {
        now.load(() -> new Answer.Ok<>("one"));

        now.load(() -> new Answer.Refused<>(LOST));

        assertThat(now.state().get()).isEqualTo(new Load.Stale<>("one", Samples.NOW, LOST));
    }

    @Test
    void isLoadedAgainWhenTheApplianceIsBack() {
        now.load(() -> new Answer.Ok<>("one"));
        now.load(() -> new Answer.Refused<>(LOST));

        now.load(() -> new Answer.Ok<>("two"));

        assertThat(now.state().get()).isEqualTo(new Load.Loaded<>("two", Samples.NOW));
    }

    @Test
    void failsWhenThereNeverWasAValue() {
        now.load(() -> new Answer.Refused<>(LOST));

        assertThat(now.state().get()).isEqualTo(new Load.Failed<>(LOST));
    }

    @Test
    void dropsTheLateAnswerOfAnOlderCall() {
        later.load(() -> new Answer.Ok<>("old"));
        later.load(() -> new Answer.Ok<>("new"));

        calls.removeLast().run();
        calls.removeLast().run();

        assertThat(later.known()).contains("new");
    }

    @Test
    void keepsTheValueInViewWhileItIsReadAgain() {
        later.load(() -> new Answer.Ok<>("one"));
        calls.remove().run();

        later.load(() -> new Answer.Ok<>("two"));

        assertThat(later.known()).contains("one");
        assertThat(later.busy().get()).isTrue();
    }

    @Test
    void forgetsTheValueWhenItIsAboutSomethingElse() {
        later.load(() -> new Answer.Ok<>("one"));
        calls.remove().run();

        later.loadAfresh(() -> new Answer.Ok<>("two"));

        assertThat(later.state().get()).isEqualTo(new Load.Loading<>());
    }

    @Test
    void isIdleAgainWhenTheFirstCallIsGivenUp() {
        later.load(() -> new Answer.Ok<>("one"));

        later.cancel();
        calls.remove().run();

        assertThat(later.state().get()).isEqualTo(new Load.Idle<>());
        assertThat(later.busy().get()).isFalse();
    }
}
