package com.neuralrouter.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What a receipt costs on the thread of its request; prints the microseconds. */
class ReceiptCostTest {
    private static final int ROUNDS = 2_000;
    private static final int WARM = 4_000;

    @Test
    void costsLessThanAMillisecond() {
        Receipts site = ReceiptFixtures.site(1);
        long[] nanos = new long[ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            long from = System.nanoTime();
            SignedReceipt signed = ReceiptFixtures.signedBy(site);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - from;
            }
            assertThat(signed.jws()).isNotEmpty();
        }
        Arrays.sort(nanos);
        long half = TimeUnit.NANOSECONDS.toMicros(nanos[ROUNDS / 2]);

        System.getLogger("receipts")
                .log(
                        Level.INFO,
                        "receipt of {0} characters: p50={1} us p99={2} us",
                        ReceiptFixtures.signedBy(site).jws().length(),
                        half,
                        TimeUnit.NANOSECONDS.toMicros(nanos[ROUNDS * 99 / 100]));
        assertThat(half).isLessThan(1_000);
    }
}
