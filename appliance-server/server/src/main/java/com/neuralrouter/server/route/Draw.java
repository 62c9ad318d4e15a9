package com.neuralrouter.server.route;

/**
 * The chance in a plan: numbers that follow from a seed and nothing else, so that whoever knows the
 * seed can draw them again and explain the plan. The mixing is SplitMix64's finaliser (Steele, Lea
 * and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
record Draw(long seed) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Number {@code n} of the draw, above 0 and at the most 1, every 2⁻⁵³ alike. */
    double number(int n) {
        return unit(mix(seed + (n + 1) * GOLDEN));
    }

    /** Number {@code n} as one of 0, 1, … {@code bound}-1. */
    int below(int bound, int n) {
        return (int) Math.min(bound - 1, (1 - number(n)) * bound);
    }

    /** A hash as a number above 0 and at the most 1. */
    static double unit(long hash) {
        return ((hash >>> 11) + 1) * 0x1p-53;
    }
}
