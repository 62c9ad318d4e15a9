package com.neuralrouter.server.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.server.budget.Reservation.UsedUp;
import com.neuralrouter.server.limit.Subject;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

class ReservationTest {
    private static final Instant NOW = Instant.parse("2027-01-31T23:59:00Z");
    private static final long AT = NOW.toEpochMilli();
    private static final long SEED = 20_261_129;

    private static Account account(String amount, Long tokens) {
        var document =
                new BudgetDocument(
                        "month",
                        Per.MONTH,
                        null,
                        amount == null ? null : new BigDecimal(amount),
                        tokens,
                        null);
        return new Account(new UUID(0, 1), Subject.SITE, "month", Terms.of(document, NOW));
    }

    private static Reservation reservation(Price price, Account... accounts) {
        var reservation = new Reservation(price);
        reservation.charge(List.of(accounts), AT);
        return reservation;
    }

    @Test
    void reservesAndSettlesBothMoneyAndTokens() {
        Account account = account("1.00", 10_000L);
        var reservation = reservation(new Price(3_000_000, 15_000_000), account);

        assertThat(reservation.open(1_000, 2_000)).isNull();
        assertThat(account.at(AT).tokens.reserved()).isEqualTo(3_000);
        assertThat(account.at(AT).money.reserved()).isEqualTo(3_000 + 30_000);

        reservation.settle(1_500, 3_000 + 7_500);
        reservation.settle(1_500, 3_000 + 7_500);
        assertThat(account.at(AT).tokens.spent()).isEqualTo(1_500);
        assertThat(account.at(AT).tokens.reserved()).isZero();
        assertThat(account.at(AT).money.spent()).isEqualTo(10_500);
    }

    @Test
    void reservesAllOrNothing() {
        Account large = account(null, 10_000L);
        Account small = account(null, 100L);

        UsedUp usedUp = reservation(Price.NOTHING, large, small).open(90, 20);

        assertThat(usedUp).isNotNull();
        assertThat(usedUp.account()).isSameAs(small);
        assertThat(usedUp.money()).isFalse();
        assertThat(Instant.ofEpochMilli(usedUp.resetsMillis()))
                .isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
        assertThat(large.at(AT).tokens.left(10_000)).isEqualTo(10_000);
    }

    @Test
    void tellsWhetherMoneyOrTokensAreUsedUp() {
        UsedUp usedUp =
                reservation(new Price(1_000_000, 1_000_000), account("0.000100", 1_000_000L))
                        .open(90, 20);

        assertThat(usedUp).isNotNull();
        assertThat(usedUp.money()).isTrue();
    }

    @Test
    void aStreamReservesMoreAsItGoesAndEndsWhereNothingIsLeft() {
        Account account = account(null, 1_000L);
        var stream = reservation(Price.NOTHING, account);
        stream.open(100, 1);

        assertThat(stream.cover(500)).isNull();
        assertThat(account.at(AT).tokens.reserved()).isEqualTo(100 + 500 + 256);
        assertThat(stream.cover(900)).isNull();
        assertThat(stream.cover(901)).isNotNull();

        stream.settle(1_000, 0);
        assertThat(account.at(AT).tokens.spent()).isEqualTo(1_000);
    }

    @Test
    void reservesTheSameForAnotherUpstreamOrLeavesAllAsItIs() {
        Account large = account("1.00", 10_000L);
        Account small = account(null, 250L);
        var two = reservation(new Price(2_000_000, 0), large, small);
        assertThat(two.open(100, 0)).isNull();

        assertThat(two.another()).isTrue();
        assertThat(small.at(AT).tokens.reserved()).isEqualTo(200);
        assertThat(large.at(AT).money.reserved()).isEqualTo(400);
        assertThat(two.another()).isFalse();
        assertThat(small.at(AT).usedUp).as("nobody was refused").isFalse();
        assertThat(large.at(AT).tokens.reserved()).isEqualTo(200);
        assertThat(small.at(AT).tokens.reserved()).isEqualTo(200);

        two.settle(180, 360);
        assertThat(small.at(AT).tokens.spent()).isEqualTo(180);
        assertThat(small.at(AT).tokens.reserved()).isZero();
        assertThat(large.at(AT).money.reserved()).isZero();
    }

    @Test
    void knowsHowLongAnAnswerMayBe() {
        Account tokens = account(null, 1_000L);
        Account money = account("0.001", null);

        assertThat(reservation(Price.NOTHING, tokens).affordable(400)).isEqualTo(600);
        assertThat(reservation(new Price(1_000_000, 2_000_000), tokens, money).affordable(400))
                .isEqualTo(300);
        assertThat(reservation(new Price(9_000_000, 2_000_000), money).affordable(400))
                .isNegative();
    }

    @Test
    void whatIsReservedBeforeMidnightIsSettledInTheMonthThatHasEnded() {
        Account account = account(null, 1_000L);
        var before = reservation(Price.NOTHING, account);
        before.open(100, 100);
        Account.Window january = account.at(AT);

        long february = NOW.plus(Duration.ofMinutes(2)).toEpochMilli();
        assertThat(account.at(february).tokens.left(1_000)).isEqualTo(1_000);
        before.settle(150, 0);

        assertThat(january.tokens.spent()).isEqualTo(150);
        assertThat(account.at(february).tokens.spent()).isZero();
        assertThat(account.at(AT)).as("late").isSameAs(account.at(february));
    }

    @Test
    void anotherAmountKeepsWhatIsSpentAndAnotherTimeDoesNot() {
        Account account = account(null, 1_000L);
        var reservation = reservation(Price.NOTHING, account);
        reservation.open(100, 100);
        reservation.settle(150, 0);

        account.say(Terms.of(new BudgetDocument("month", null, null, null, 5L, null), NOW));
        assertThat(account.at(AT).tokens.spent()).isEqualTo(150);

        account.say(Terms.of(new BudgetDocument("month", Per.DAY, null, null, 5L, null), NOW));
        assertThat(account.at(AT).tokens.spent()).isZero();
    }

    @Test
    void whatTheRecordsKnowRaisesWhatIsSpentAndNeverLowersIt() {
        var purse = new Purse();
        purse.reserve(100, 1_000);
        purse.settle(100, 60);

        purse.raiseTo(50);
        assertThat(purse.spent()).isEqualTo(60);
        purse.raiseTo(80);
        assertThat(purse.spent()).isEqualTo(80);
        assertThat(purse.left(1_000)).isEqualTo(920);
    }

    /** 64 clients, streams that grow at random: never is more spent than there is. */
    @Test
    void neverSpendsMoreThanThereIsAtAnyConcurrency() throws InterruptedException {
        for (int run = 0; run < 20; run++) {
            Account account = account("0.050000", 40_000L);
            var price = new Price(1_000_000, 2_000_000);
            var refused = new AtomicLong();
            var begin = new CountDownLatch(1);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 64; i++) {
                var random = new SplittableRandom(SEED + run * 64L + i);
                threads.add(
                        Thread.startVirtualThread(() -> {
                            try {
                                begin.await();
                            } catch (InterruptedException e) {
                                return;
                            }
                            for (int j = 0; j < 40; j++) {
                                spend(reservation(price, account), random, refused);
                            }
                        }));
            }
            begin.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            Account.Window window = account.at(AT);
            assertThat(window.tokens.spent()).isLessThanOrEqualTo(40_000);
            assertThat(window.money.spent()).isBetween(40_000L, 50_000L);
            assertThat(window.tokens.reserved()).isZero();
            assertThat(window.money.reserved()).isZero();
            assertThat(refused.get()).isPositive();
        }
    }

    private static void spend(Reservation request, SplittableRandom random, AtomicLong refused) {
        long input = 1 + random.nextInt(50);
        if (request.open(input, 1) != null) {
            refused.incrementAndGet();
            return;
        }
        long output = 0;
        for (int length = random.nextInt(300); output < length; ) {
            long next = output + 1 + random.nextInt(20);
            if (request.cover(next) != null) {
                break;
            }
            output = next;
        }
        request.settle(input + output, input + 2 * output);
    }
}
