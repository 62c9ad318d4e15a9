package com.neuralrouter.server.inference;

import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.usage.TokenCounts;

import java.io.IOException;

/** What an answer cost: as the provider reported it, or estimated where it reported nothing. */
final class Tokens {
    /** A rule of thumb. */
    private static final int BYTES_PER_TOKEN = 4;

    private Tokens() {}

    static TokenCounts of(UsageObserver observer, InferenceRequest request) {
        if (observer.promptTokens() >= 0 || observer.completionTokens() >= 0) {
            return new TokenCounts(
                    Math.max(0, observer.promptTokens()),
                    observer.cachedTokens(),
                    observer.cacheWrites(),
                    Math.max(0, observer.completionTokens()),
                    observer.reasoningTokens(),
                    false);
        }
        return new TokenCounts(input(request), estimate(observer.generatedBytes()), true);
    }

    /** Of an answer that is here as a whole. */
    static TokenCounts of(byte[] answer, InferenceRequest request) {
        UsageObserver observer = request.observer();
        try {
            observer.pass(answer, 0, answer.length, (bytes, at, length) -> {});
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing is written", impossible);
        }
        return of(observer, request);
    }

    /** What a stream has cost that has not ended; what it reports at its end is not here yet. */
    static TokenCounts soFar(UsageObserver observer, InferenceRequest request) {
        return new TokenCounts(
                observer.promptTokens() >= 0 ? observer.promptTokens() : input(request),
                Math.max(
                        Math.max(observer.completionTokens(), observer.chunks()),
                        estimate(observer.generatedBytes())),
                true);
    }

    /** How many there are at the most in a part of a stream, whose form alone takes more. */
    static long most(int bytes) {
        return estimate(bytes) + 1;
    }

    static TokenCounts estimate(long requestBytes, long generatedBytes) {
        return new TokenCounts(estimate(requestBytes), estimate(generatedBytes), true);
    }

    private static long input(InferenceRequest request) {
        long known = request.inputTokens();
        return known >= 0 ? known : estimate(request.bytes());
    }

    private static long estimate(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
