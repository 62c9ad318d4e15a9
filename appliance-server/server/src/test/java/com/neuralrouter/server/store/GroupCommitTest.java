package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

class GroupCommitTest {
    private static final String OK = "ok";
    private static final String BROKEN = "broken";

    /** Each force takes one word from here and ends by it. */
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger forces = new AtomicInteger();
    private final GroupCommit group =
            new GroupCommit(() -> {
                begun.add(forces.incrementAndGet());
                if (take(ends).equals(BROKEN)) {
                    throw new IOException("the disk is gone");
                }
            });

    @Test
    void forcesOnceForAllWhoCameWhileAnotherForceWasUnderWay() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(group::awaitDurable);
            assertThat(take(begun)).isEqualTo(1);
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(threads.submit(group::awaitDurable));
            }
            awaitWaiting(20);

            ends.add(OK);
            first.get(10, TimeUnit.SECONDS);
            assertThat(take(begun)).isEqualTo(2);
            for (Future<?> other : others) {
                assertThat(other.isDone()).isFalse();
            }
            ends.add(OK);

            for (Future<?> other : others) {
                other.get(10, TimeUnit.SECONDS);
            }
            assertThat(forces).hasValue(2);
        }
    }

    /** The commit came after the force had begun: what it wrote may be missing from it. */
    @Test
    void isNotContentWithAForceThatBeganBefore() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(group::awaitDurable);
            take(begun);
            Future<?> late = threads.submit(group::awaitDurable);
            awaitWaiting(1);

            ends.add(OK);
            first.get(10, TimeUnit.SECONDS);

            assertThatThrownBy(() -> late.get(50, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            ends.add(OK);
            late.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void acknowledgesNothingAfterAForceThatFailed() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(group::awaitDurable);
            take(begun);
            Future<?> second = threads.submit(group::awaitDurable);
            awaitWaiting(1);

            ends.add(BROKEN);

            for (Future<?> refused : List.of(first, second)) {
                assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                StoreFailure.class,
                                failure -> assertThat(failure.outcomeUnknown()).isTrue());
            }
            assertThatThrownBy(group::demandSound)
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.outcomeUnknown()).isFalse());
            assertThatThrownBy(group::awaitDurable).isInstanceOf(StoreFailure.class);
            assertThat(forces).hasValue(1);
        }
    }

    private void awaitWaiting(int threads) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (group.waiting() < threads) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(10, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("nothing came within 10 seconds");
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
