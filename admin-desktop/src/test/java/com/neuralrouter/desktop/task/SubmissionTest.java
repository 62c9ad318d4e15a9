package com.neuralrouter.desktop.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

class SubmissionTest {

    @Test
    void aDoubleClickSendsOnce() {
        Deque<Runnable> calls = new ArrayDeque<>();
        var submission = new Submission(new Tasks(calls::add, Runnable::run), "test");
        var done = new ArrayList<String>();

        submission.send(() -> new Answer.Ok<>("one"), done::add);
        submission.send(() -> new Answer.Ok<>("two"), done::add);
        calls.forEach(Runnable::run);

        assertThat(done).containsExactly("one");
        assertThat(submission.busy().get()).isFalse();
    }

    @Test
    void tellsWhatIsWrongWithAField() {
        var submission = new Submission(Direct.tasks(), "test");
        var problem =
                new Problem(
                        "t",
                        "t",
                        400,
                        "d",
                        ProblemCode.INVALID_FIELD,
                        "r",
                        List.of(new FieldError("name", "is too long")),
                        null);

        submission.send(
                () -> new Answer.Refused<>(new Trouble.ByAppliance(problem)), (String _) -> {});

        assertThat(submission.fieldError("name")).contains("is too long");
        assertThat(submission.fieldError("description")).isEmpty();
    }

    @Test
    void forgetsTheLastRefusalWhenItIsSentAgain() {
        var submission = new Submission(Direct.tasks(), "test");
        submission.send(() -> new Answer.Refused<>(new Trouble.Defect("x")), (String _) -> {});

        submission.send(() -> new Answer.Ok<>("fine"), _ -> {});

        assertThat(submission.trouble().get()).isEmpty();
    }
}
