package com.neuralrouter.server.chat;

/**
 * How many tokens an answer cost, in OpenAI's way of counting: the parts are contained in the
 * wholes. Formats that count otherwise (Anthropic's {@code input_tokens} leaves the cached ones
 * out, Gemini's {@code candidatesTokenCount} the thoughts) are converted by their readers and
 * writers.
 *
 * @param input all tokens of the request
 * @param cachedInput those of them that were read from a cache
 * @param cacheWrites those of them that were written into a cache
 * @param output all tokens of the answer
 * @param reasoning those of them that were thoughts
 */
public record TokenUsage(
        long input, long cachedInput, long cacheWrites, long output, long reasoning) {}
