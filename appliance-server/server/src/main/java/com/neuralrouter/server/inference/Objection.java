package com.neuralrouter.server.inference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.neuralrouter.contract.Route.Use;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a provider that refuses a request has against it, as far as a route can have a reserve for
 * it. Providers agree on no field, but each has words of its own that it always uses; they are
 * looked for in the error as a whole. Read on 2026-11-29: OpenAI and vLLM {@code
 * context_length_exceeded} and "maximum context length", llama.cpp {@code exceed_context_size},
 * Anthropic "prompt is too long" and "exceed context limit", Gemini "exceeds the maximum number of
 * tokens", Bedrock "Input is too long"; OpenAI and Azure {@code content_filter}, {@code
 * content_policy_violation} and {@code ResponsibleAIPolicyViolation}.
 */
final class Objection {
    /** Errors are short; what is longer is not read to its end. */
    private static final int MOST = 16 << 10;

    private static final List<String> TOO_LONG =
            List.of(
                    "context_length_exceeded",
                    "maximum context length",
                    "exceed_context_size",
                    "exceed context limit",
                    "context window",
                    "prompt is too long",
                    "input is too long",
                    "exceeds the maximum number of tokens");

    private static final List<String> FILTERED =
            List.of("content_filter", "content_policy_violation", "responsibleaipolicyviolation");

    private Objection() {}

    static Optional<Use> in(byte[] body) {
        return in(new String(body, 0, Math.min(body.length, MOST), ISO_8859_1));
    }

    /** The reserve that the words ask for. */
    static Optional<Use> in(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (TOO_LONG.stream().anyMatch(lower::contains)) {
            return Optional.of(Use.AFTER_CONTEXT_WINDOW);
        }
        if (FILTERED.stream().anyMatch(lower::contains)) {
            return Optional.of(Use.AFTER_CONTENT_FILTER);
        }
        return Optional.empty();
    }
}
