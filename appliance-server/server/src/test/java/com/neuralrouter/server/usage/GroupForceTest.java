package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class GroupForceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whoIsAnsweredWasForcedAfterHeAsked() throws Exception {
        var clock = new AtomicLong();
        var lastForceBegan = new AtomicLong();
        var forces = new AtomicInteger();
        int threads = 8;
        int each = 500;
        List<Future<Integer>> late = new ArrayList<>();
        try (var group =
                        GroupForce.start(
                                () -> {
                                    lastForceBegan.set(clock.incrementAndGet());
                                    forces.incrementAndGet();
                                },
                                PATIENCE);
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                late.add(
                        pool.submit(() -> {
                            int missed = 0;
                            for (int n = 0; n < each; n++) {
                                long asked = clock.incrementAndGet();
                                group.force();
                                missed += lastForceBegan.get() < asked ? 1 : 0;
                            }
                            return missed;
                        }));
            }
            for (Future<Integer> missed : late) {
                assertThat(missed.get()).isZero();
            }
        }

        assertThat(forces.get()).isBetween(each, threads * each);
    }

    @Test
    void allWhoAskDuringAForceShareTheNext() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var forces = new AtomicInteger();
        try (var group =
                        GroupForce.start(
                                () -> {
                                    forces.incrementAndGet();
                                    entered.countDown();
                                    await(leave);
                                },
                                PATIENCE);
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.submit(group::force);
            entered.await();
            var asked = new CountDownLatch(20);
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(
                        pool.submit(() -> {
                            asked.countDown();
                            group.force();
                        }));
            }
            asked.await();
            leave.countDown();
            for (Future<?> other : others) {
                other.get();
            }
        }

        // A thread that said it asks may still be on its way when the force ends.
        assertThat(forces.get()).isBetween(2, 10);
    }

    @Test
    void tellsThoseWhoseForceFailedAndGoesOn() {
        var broken = new AtomicInteger(1);
        try (var group =
                GroupForce.start(
                        () -> {
                            if (broken.getAndDecrement() > 0) {
                                throw new UncheckedIOException(new IOException("no space"));
                            }
                        },
                        PATIENCE)) {
            assertThatThrownBy(group::force).isInstanceOf(IllegalStateException.class);
            group.force();
        }

        assertThat(broken.get()).isEqualTo(-1);
    }

    @Test
    void doesNotWaitForeverForADiskThatDoesNotAnswer() {
        var never = new CountDownLatch(1);
        try (var group = GroupForce.start(() -> await(never), Duration.ofMillis(50))) {
            assertThatThrownBy(group::force).hasMessage("the disk does not answer");
            never.countDown();
        }
    }

    @Test
    void refusesOnceItIsClosed() {
        var group = GroupForce.start(() -> {}, PATIENCE);
        group.close();
        group.close();

        assertThatThrownBy(group::force).isInstanceOf(IllegalStateException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
