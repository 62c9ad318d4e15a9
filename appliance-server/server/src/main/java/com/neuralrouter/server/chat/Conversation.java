package com.neuralrouter.server.chat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A chat request as any provider could understand it. Made by the reader of the app's format, put
 * into a provider's format by that format's writer, which throws {@link Inexpressible} for what the
 * format has no word for: nothing is left out silently. Immutable, if nobody changes the JSON trees
 * of its tools.
 *
 * @param instructions what the system says, in order, before the first turn
 * @param turns what was said, in order, never empty
 * @param tools what the model may call
 * @param settings numbers that steer the generation, each at most once
 * @param stop sequences that end the generation
 * @param thinking how much the model is to reason
 * @param stream whether the answer is to come piece by piece
 * @param hints fields of the request that change cost or bookkeeping only and that may therefore be
 *     left out by a writer, by the app's own names; the app is told which
 */
public record Conversation(
        List<Part.Text> instructions,
        List<Turn> turns,
        Tools tools,
        Map<Setting, Given> settings,
        StopSequences stop,
        OutputFormat output,
        Thinking thinking,
        boolean stream,
        Set<String> hints) {

    public Conversation {
        instructions = List.copyOf(instructions);
        turns = List.copyOf(turns);
        settings =
                settings.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new EnumMap<>(settings));
        hints = Set.copyOf(hints);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("a conversation without a turn");
        }
    }

    /**
     * How the app calls the thoughts of earlier turns, if there are any: what a format without a
     * place for them leaves out, of which the app is told then.
     */
    public Set<String> thoughts() {
        var names = new TreeSet<String>();
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Reasoning thought) {
                    names.add(thought.field());
                }
            }
        }
        return names;
    }

    /** The same with a largest number of output tokens, if it has none. */
    public Conversation capped(String field, int tokens) {
        if (settings.containsKey(Setting.MAX_OUTPUT_TOKENS)) {
            return this;
        }
        var more = new EnumMap<Setting, Given>(Setting.class);
        more.putAll(settings);
        more.put(Setting.MAX_OUTPUT_TOKENS, new Given(field, BigDecimal.valueOf(tokens)));
        return new Conversation(
                instructions, turns, tools, more, stop, output, thinking, stream, hints);
    }

    /**
     * Sequences that end the generation.
     *
     * @param field what the app calls them
     */
    public record StopSequences(String field, List<String> sequences) {
        /** There are none. */
        public static final StopSequences NONE = new StopSequences("stop", List.of());

        public StopSequences {
            sequences = List.copyOf(sequences);
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "StopSequences[" + sequences.size() + "]";
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Conversation[turns=" + turns.size() + ", stream=" + stream + ", content=redacted]";
    }
}
