package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class FreeSlotsTest {
    private static final long LONG = Duration.ofSeconds(60).toNanos();

    @Test
    void hasNoneWhenNoneCameInTime() {
        assertThat(new FreeSlots(1).take(1)).isEqualTo(-1);
    }

    @Test
    void givesOneToWhoeverWaits() throws Exception {
        var slots = new FreeSlots(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> slots.take(LONG));
            slots.give(0);

            assertThat(waiting.get()).isZero();
        }
    }

    @Test
    void keepsTheInterruptOfWhoeverWaits() throws Exception {
        var slots = new FreeSlots(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    threads.submit(() -> {
                        Thread.currentThread().interrupt();
                        return slots.take(LONG) == -1 && Thread.interrupted();
                    });

            assertThat(waiting.get()).isTrue();
        }
    }

    /** Fifty threads share three slots: nobody is forgotten, and no slot is given to two. */
    @Test
    void givesEachSlotToOneAtATime() throws Exception {
        var slots = new FreeSlots(3);
        for (int i = 0; i < 3; i++) {
            slots.give(i);
        }
        assertThat(slots.count()).isEqualTo(3);
        var holders = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> takesAlone(slots, holders, 200)));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(slots.count()).isEqualTo(3);
        slots.take();
        assertThat(slots.count()).isEqualTo(2);
    }

    private static boolean takesAlone(FreeSlots slots, List<AtomicInteger> holders, int times) {
        boolean alone = true;
        for (int i = 0; i < times; i++) {
            int slot = slots.take(LONG);
            alone &= slot >= 0 && holders.get(slot).incrementAndGet() == 1;
            Thread.yield();
            holders.get(slot).decrementAndGet();
            slots.give(slot);
        }
        return alone;
    }
}
