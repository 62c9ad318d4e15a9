package com.neuralrouter.server.chat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Anthropic's models are told to think, at Anthropic and wherever else they are served
 * (Anthropic's API reference, "Extended thinking", "Adaptive thinking" and "Effort", read 2026-11):
 * those before version 4.6 get a number of tokens, which must be smaller than what the answer may
 * have; those from it on get a word and decide by themselves.
 */
public final class AnthropicThinking {
    private static final int FEWEST_THOUGHTS = 1_024;

    /** As in claude-opus-4-7, claude-3-7-sonnet-20250219, eu.anthropic.claude-sonnet-4-20250514. */
    private static final Pattern VERSION =
            Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?!\\d)(?:[-.](\\d{1,2})(?!\\d))?");

    private AnthropicThinking() {}

    /**
     * Writes {@code thinking}, and {@code output_config.effort} where it is a word. Throws {@link
     * Inexpressible} where it does not go together with how long the answer may be.
     *
     * @param usual how many tokens an answer may have besides its thoughts if the app gave no
     *     number
     * @param into the request, or its part for the model's own fields
     * @return how many tokens the answer may have, its thoughts included
     */
    public static BigDecimal write(
            Conversation conversation, String model, int usual, ObjectNode into) {
        Given most = conversation.settings().get(Setting.MAX_OUTPUT_TOKENS);
        int thoughts =
                switch (conversation.thinking()) {
                    case Thinking.Unsaid _ -> 0;
                    case Thinking.Off _ -> {
                        into.putObject("thinking").put("type", "disabled");
                        yield 0;
                    }
                    case Thinking.Budget asked ->
                            takesNumber(model)
                                    ? number(into, tokens(asked, most))
                                    : word(into, Thinking.Effort.of(asked.tokens()));
                    case Thinking.Effortful asked ->
                            takesNumber(model)
                                    ? number(into, tokens(asked, most))
                                    : word(into, asked.effort());
                };
        return most == null ? BigDecimal.valueOf(usual + (long) thoughts) : most.value();
    }

    /** A name without a version is taken for a new model's. */
    static boolean takesNumber(String model) {
        Matcher version = VERSION.matcher(model);
        if (!version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
        return major < 4 || major == 4 && minor < 6;
    }

    private static int number(ObjectNode into, int tokens) {
        into.putObject("thinking").put("type", "enabled").put("budget_tokens", tokens);
        return tokens;
    }

    private static int word(ObjectNode into, Thinking.Effort effort) {
        into.putObject("thinking").put("type", "adaptive");
        into.putObject("output_config")
                .put(
                        "effort",
                        effort == Thinking.Effort.MINIMAL
                                ? Thinking.Effort.LOW.word()
                                : effort.word());
        return effort.tokens();
    }

    private static int tokens(Thinking.Budget asked, @Nullable Given most) {
        if (most != null && BigDecimal.valueOf(asked.tokens()).compareTo(most.value()) >= 0) {
            throw new Inexpressible(
                    asked.field(), "must be less than '" + most.field() + "' for this model");
        }
        return asked.tokens();
    }

    /** It leaves a quarter of what the answer may have for the answer. */
    private static int tokens(Thinking.Effortful asked, @Nullable Given most) {
        int tokens = asked.effort().tokens();
        if (most == null) {
            return tokens;
        }
        long room = Math.min(tokens, most.value().longValue() * 3 / 4);
        if (room < FEWEST_THOUGHTS) {
            throw new Inexpressible(
                    asked.field(),
                    "needs a larger '" + most.field() + "': thinking takes 1024 tokens at least");
        }
        return (int) room;
    }
}
