package com.neuralrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.limit.Meter.Full;
import com.neuralrouter.server.limit.Meter.Held;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

class MeterTest {
    private static final long SECOND = 1_000_000_000;
    private static final long SEED = 20_261_129;

    private final AtomicLong clock = new AtomicLong(5 * SECOND);

    private Meter meter(long perMinute) {
        return new Meter(perMinute, clock::get);
    }

    private static boolean take(Meter meter, long units) {
        if (meter.hold(units) instanceof Held) {
            meter.settle(units, units);
            return true;
        }
        return false;
    }

    @Test
    void letsAMinutesWorthInAtOnceAndThenOneAfterTheOther() {
        for (int perMinute : new int[] {1, 3, 7, 60, 61, 997, 1_000_000}) {
            var meter = meter(perMinute);
            int at = 0;
            while (take(meter, 1)) {
                at++;
            }

            assertThat(at).as("at once, of %d a minute", perMinute).isEqualTo(perMinute);
            assertThat(meter.reading().remaining()).isZero();

            long interval = Meter.MINUTE / perMinute;
            clock.addAndGet(interval - interval / 10);
            assertThat(take(meter, 1)).as("%d, too early", perMinute).isFalse();
            clock.addAndGet(interval / 10 + 1_000);
            assertThat(take(meter, 1)).as("%d, in time", perMinute).isTrue();
        }
    }

    @Test
    void tellsWhenThereIsRoomAgainAndThenThereIs() {
        var meter = meter(600);
        take(meter, 600);

        var full = (Full) meter.hold(30);
        clock.addAndGet(full.retryNanos() - SECOND / 100);
        boolean before = take(meter, 30);
        clock.addAndGet(SECOND / 100);

        assertThat(full.retryNanos()).isCloseTo(3 * SECOND, Offset.offset(2_000L));
        assertThat(before).isFalse();
        assertThat(take(meter, 30)).isTrue();
    }

    @Test
    void saysThatThereNeverIsRoomForMoreThanAMinutesWorth() {
        assertThat(meter(100).hold(101))
                .isInstanceOfSatisfying(
                        Full.class,
                        full -> assertThat(full.retryNanos()).isEqualTo(Long.MAX_VALUE));
    }

    @Test
    void whatIsHeldTakesRoomAndDoesNotLeak() {
        var meter = meter(100);
        meter.hold(80);
        clock.addAndGet(10 * Meter.MINUTE);

        assertThat(meter.hold(30)).isInstanceOf(Full.class);
        assertThat(meter.reading().remaining()).isEqualTo(20);

        meter.settle(80, 5);
        assertThat(meter.reading().remaining()).isEqualTo(95);
    }

    /** Whoever used more than they held is waited for. */
    @Test
    void whatWasUsedBeyondWhatWasHeldIsOwed() {
        var meter = meter(60);
        meter.hold(10);
        meter.settle(10, 120);

        clock.addAndGet(Meter.MINUTE + SECOND / 2);
        assertThat(take(meter, 1)).isFalse();
        clock.addAndGet(SECOND);
        assertThat(take(meter, 1)).isTrue();
    }

    @Test
    void anotherLimitKeepsTheShareThatIsUsed() {
        var meter = meter(100);
        take(meter, 50);
        meter.allow(1_000);

        assertThat(meter.reading().remaining()).isEqualTo(500);
    }

    /** A unit is sixty nanoseconds here, and what roundings may come to is some of them. */
    @Test
    void isExactToTwoInAHundredMillionAtTheGreatestLimit() {
        long perMinute = 1_000_000_000;
        var meter = meter(perMinute);
        long taken = 0;
        while (take(meter, 9_973)) {
            taken += 9_973;
        }
        while (take(meter, 1)) {
            taken++;
        }

        assertThat(taken).isBetween(perMinute - 1, perMinute + perMinute / 50_000_000);
    }

    /**
     * The property that GCRA is for: in no stretch of time is more used than a minute's worth plus
     * what leaks in that time, whatever is held, used less, and given back, and in whatever order.
     */
    @Test
    void inNoStretchOfTimeIsMoreUsedThanTheLimitAllows() {
        var random = new SplittableRandom(SEED);
        for (int run = 0; run < 300; run++) {
            long perMinute = 1 + random.nextLong(run % 3 == 0 ? 20 : 100_000);
            var meter = meter(perMinute);
            record Use(long at, long units) {}
            List<Use> uses = new ArrayList<>();
            Deque<Long> held = new ArrayDeque<>();
            for (int step = 0; step < 400; step++) {
                clock.addAndGet(random.nextLong(1 + Meter.MINUTE / (1 + random.nextLong(200))));
                if (held.isEmpty() || random.nextInt(3) > 0) {
                    long wanted = 1 + random.nextLong(perMinute);
                    if (meter.hold(wanted) instanceof Held) {
                        held.add(wanted);
                    }
                } else {
                    long given = held.poll();
                    long used = random.nextLong(given + 1);
                    meter.settle(given, used);
                    uses.add(new Use(clock.get(), used));
                }
            }
            for (int from = 0; from < uses.size(); from++) {
                long sum = 0;
                for (int to = from; to < uses.size(); to++) {
                    sum += uses.get(to).units();
                    double minutes =
                            (uses.get(to).at() - uses.get(from).at()) / (double) Meter.MINUTE;
                    assertThat((double) sum)
                            .as(
                                    "seed %d, run %d, %d a minute, %d to %d",
                                    SEED, run, perMinute, from, to)
                            .isLessThanOrEqualTo(
                                    perMinute + perMinute * minutes + 0.001 * perMinute + 1);
                }
            }
        }
    }

    /** The same as an ideal bucket of real numbers, where everything is used at once. */
    @Test
    void decidesAsALeakyBucketDoes() {
        var random = new SplittableRandom(SEED + 1);
        for (int run = 0; run < 200; run++) {
            long perMinute = 1 + random.nextLong(5_000);
            var meter = meter(perMinute);
            double level = 0;
            long last = clock.get();
            for (int step = 0; step < 300; step++) {
                clock.addAndGet(random.nextLong(3 * Meter.MINUTE / perMinute + 1));
                level =
                        Math.max(
                                0,
                                level - (clock.get() - last) * (perMinute / (double) Meter.MINUTE));
                last = clock.get();
                long wanted = 1 + random.nextLong(Math.max(1, perMinute / 10));
                double over = level + wanted - perMinute;
                boolean let = take(meter, wanted);
                if (Math.abs(over) > 1e-3) {
                    assertThat(let)
                            .as("seed %d, run %d, step %d", SEED + 1, run, step)
                            .isEqualTo(over < 0);
                }
                if (let) {
                    level += wanted;
                }
            }
        }
    }

    @Test
    void manyAtOnceGetNoMoreThanOne() throws InterruptedException {
        var meter = meter(10_000);
        var got = new AtomicLong();
        var begin = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 64; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            begin.await();
                        } catch (InterruptedException e) {
                            return;
                        }
                        for (int j = 0; j < 500; j++) {
                            if (take(meter, 7)) {
                                got.addAndGet(7);
                            }
                        }
                    }));
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(got.get()).isEqualTo(10_000 / 7 * 7);
    }
}
