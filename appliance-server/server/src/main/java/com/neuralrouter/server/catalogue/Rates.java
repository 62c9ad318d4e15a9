package com.neuralrouter.server.catalogue;

import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * What a million tokens of each kind cost, in millionths of the currency; -1 where that is not
 * known.
 *
 * @param cachedInput where it is not known, such tokens cost what others of the request do: none
 *     costs more
 * @param cacheWrite has no such stand-in: providers ask more for it, and how much differs
 * @param reasoning where it is not known, such tokens cost what others of the answer do
 */
public record Rates(long input, long cachedInput, long cacheWrite, long output, long reasoning) {
    private static final long NOT_KNOWN = -1;
    private static final long MILLION = 1_000_000;

    /** Of which no price is known. */
    public static final Rates UNKNOWN =
            new Rates(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN);

    /** With the same price for all tokens of the request, and for all of the answer. */
    public static Rates of(long input, long output) {
        return new Rates(input, NOT_KNOWN, input, output, NOT_KNOWN);
    }

    /**
     * What the tokens cost, in millionths of the currency: the exact sum, rounded half up once.
     * Empty if a price that it takes is not known; tokens that there are none of take none.
     */
    public OptionalLong cost(PricedTokens tokens) {
        long plain = tokens.input() - tokens.cachedInput() - tokens.cacheWrites();
        long[] counts = {
            plain,
            tokens.cachedInput(),
            tokens.cacheWrites(),
            tokens.output() - tokens.reasoning(),
            tokens.reasoning()
        };
        long[] prices = {
            input, orElse(cachedInput, input), cacheWrite, output, orElse(reasoning, output)
        };
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && prices[i] < 0) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(rounded(counts, prices));
    }

    private static long orElse(long price, long other) {
        return price < 0 ? other : price;
    }

    private static long rounded(long[] counts, long[] prices) {
        try {
            long sum = MILLION / 2;
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    sum = Math.addExact(sum, Math.multiplyExact(counts[i], prices[i]));
                }
            }
            return sum / MILLION;
        } catch (ArithmeticException _) {
            return roundedAsBig(counts, prices);
        }
    }

    /** For what no provider ever billed; ends at the largest amount that there is. */
    private static long roundedAsBig(long[] counts, long[] prices) {
        BigInteger sum = BigInteger.valueOf(MILLION / 2);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                sum =
                        sum.add(
                                BigInteger.valueOf(counts[i])
                                        .multiply(BigInteger.valueOf(prices[i])));
            }
        }
        return sum.divide(BigInteger.valueOf(MILLION))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
