package com.neuralrouter.desktop.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class TasksTest {

    @Test
    void tellsADefectInsteadOfThrowing() {
        var answers = new ArrayList<Answer<String>>();

        new Tasks(Runnable::run, Runnable::run)
                .<String>run(
                        "test",
                        () -> {
                            throw new IllegalStateException("with a secret in it");
                        },
                        answers::add);

        assertThat(answers)
                .containsExactly(new Answer.Refused<>(new Trouble.Defect("IllegalStateException")));
    }

    @Test
    void cancellingInterruptsTheCallAndSwallowsItsAnswer() throws InterruptedException {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var delivered = new ArrayList<Answer<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new Tasks(threads, Runnable::run);
            var task =
                    tasks.run(
                            "test",
                            () -> {
                                started.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                    Thread.currentThread().interrupt();
                                }
                                return new Answer.Ok<>("late");
                            },
                            delivered::add);
            assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();

            task.cancel();

            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(delivered).isEmpty();
    }
}
