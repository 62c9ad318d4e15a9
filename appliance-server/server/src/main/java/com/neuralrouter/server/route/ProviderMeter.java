package com.neuralrouter.server.route;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What every request to one provider has met of late, in pieces of {@link #PIECE_MILLIS}, from
 * which windows of any length up to {@link #LONGEST_MILLIS} are summed. Counting takes no lock; a
 * count that races with the turn of a piece may be in the piece beside. Safe for all threads.
 */
final class ProviderMeter {
    static final long PIECE_MILLIS = 5_000;
    private static final int PIECES = 128;
    static final long LONGEST_MILLIS = (PIECES - 1) * PIECE_MILLIS;

    /** Steps of the histogram: four for each doubling of milliseconds, up to 65 s. */
    private static final int STEPS = 65;

    private static final double STEPS_PER_DOUBLING = 4;

    /** One piece of time. */
    private static final class Piece {
        final long number;
        final LongAdder requests = new LongAdder();
        final LongAdder unanswered = new LongAdder();
        final LongAdder errors = new LongAdder();
        final LongAdder tokens = new LongAdder();
        final LongAdder writingMicros = new LongAdder();
        final AtomicIntegerArray firstTokens = new AtomicIntegerArray(STEPS);

        Piece(long number) {
            this.number = number;
        }
    }

    /** What came of a request, as far as the provider is concerned. */
    enum Met {
        ANSWER,
        /** It answered with an error of its own. */
        ERROR,
        /** It did not answer, or not in HTTP. */
        NOTHING
    }

    private final AtomicReferenceArray<@Nullable Piece> pieces = new AtomicReferenceArray<>(PIECES);

    void count(Met met, long now) {
        Piece piece = piece(now);
        piece.requests.increment();
        switch (met) {
            case ANSWER -> {}
            case ERROR -> piece.errors.increment();
            case NOTHING -> piece.unanswered.increment();
        }
    }

    /** An answer began. */
    void began(double millis, long now) {
        piece(now).firstTokens.incrementAndGet(step(millis));
    }

    /** An answer was written. */
    void wrote(long tokens, long micros, long now) {
        Piece piece = piece(now);
        piece.tokens.add(tokens);
        piece.writingMicros.add(micros);
    }

    /** The sums over the last so many milliseconds. */
    WindowSums sums(long now, long windowMillis) {
        long newest = now / PIECE_MILLIS;
        long oldest = Math.max(0, now - Math.min(windowMillis, LONGEST_MILLIS)) / PIECE_MILLIS;
        long requests = 0;
        long unanswered = 0;
        long errors = 0;
        long tokens = 0;
        long micros = 0;
        long[] steps = new long[STEPS];
        for (long number = oldest; number <= newest; number++) {
            Piece piece = pieces.get((int) (number % PIECES));
            if (piece == null || piece.number != number) {
                continue;
            }
            requests += piece.requests.sum();
            unanswered += piece.unanswered.sum();
            errors += piece.errors.sum();
            tokens += piece.tokens.sum();
            micros += piece.writingMicros.sum();
            for (int i = 0; i < STEPS; i++) {
                steps[i] += piece.firstTokens.get(i);
            }
        }
        double perSecond = micros == 0 ? 0 : tokens * 1e6 / micros;
        return new WindowSums(
                requests, unanswered, errors, nineteenOfTwenty(steps), Math.round(perSecond));
    }

    private Piece piece(long now) {
        long number = now / PIECE_MILLIS;
        int place = (int) (number % PIECES);
        Piece piece = pieces.get(place);
        if (piece != null && piece.number >= number) {
            return piece; // A later one: the clock was set back. What is counted must go somewhere.
        }
        Piece next = new Piece(number);
        if (pieces.compareAndSet(place, piece, next)) {
            return next;
        }
        Piece others = pieces.get(place);
        return others == null ? next : others;
    }

    private static int step(double millis) {
        double log = Math.log(Math.max(1, millis)) / Math.log(2);
        return (int) Math.min(STEPS - 1, Math.ceil(log * STEPS_PER_DOUBLING));
    }

    /** The upper edge of the step in which the nineteenth of twenty answers began; 0 of none. */
    private static long nineteenOfTwenty(long[] steps) {
        long all = 0;
        for (long count : steps) {
            all += count;
        }
        long seen = 0;
        for (int i = 0; i < steps.length; i++) {
            seen += steps[i];
            if (all > 0 && seen * 20 >= all * 19) {
                return Math.round(Math.pow(2, i / STEPS_PER_DOUBLING));
            }
        }
        return 0;
    }
}
