package com.neuralrouter.server.inference;

import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.usage.TokenCounts;

import org.jspecify.annotations.Nullable;

/** Counts what a translated answer costs while its events pass. Used by one thread. */
final class TokenTally {
    private final InferenceRequest request;
    private @Nullable TokenUsage reported;

    /** In UTF-16 units; all but the same as bytes where it matters, and an estimate anyway. */
    private long generated;

    TokenTally(InferenceRequest request) {
        this.request = request;
    }

    void count(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.TextDelta text -> generated += text.text().length();
            case ReplyEvent.ReasoningDelta thought -> generated += thought.text().length();
            case ReplyEvent.RefusalDelta refusal -> generated += refusal.text().length();
            case ReplyEvent.ArgumentsDelta arguments -> generated += arguments.json().length();
            case ReplyEvent.UsageReported report -> reported = report.usage();
            case ReplyEvent.Begun _,
                    ReplyEvent.ReasoningSealed _,
                    ReplyEvent.ToolCallBegun _,
                    ReplyEvent.Finished _,
                    ReplyEvent.Failed _ -> {}
        }
    }

    /** What has been used of an answer that has not ended. */
    TokenCounts soFar() {
        TokenCounts estimated = Tokens.estimate(request.bytes(), generated);
        TokenUsage known = reported;
        return known == null
                ? estimated
                : new TokenCounts(
                        known.input(), Math.max(known.output(), estimated.output()), true);
    }

    TokenCounts tokens() {
        TokenUsage known = reported;
        return known == null
                ? Tokens.estimate(request.bytes(), generated)
                : new TokenCounts(
                        known.input(),
                        known.cachedInput(),
                        known.cacheWrites(),
                        known.output(),
                        known.reasoning(),
                        false);
    }
}
