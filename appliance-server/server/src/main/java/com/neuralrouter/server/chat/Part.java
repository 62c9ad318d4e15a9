package com.neuralrouter.server.chat;

import java.util.ArrayList;
import java.util.List;

/** One piece of what was said. Each knows where it stands in the app's request. */
public sealed interface Part {

    /** Where it stands in the app's request, as in {@code messages[2].content[0]}. */
    String at();

    record Text(String at, String text) implements Part {

        /** The parts, which must be texts; throws {@link MalformedChat} for what is none. */
        public static List<Text> all(List<Part> parts) {
            var texts = new ArrayList<Text>();
            for (Part part : parts) {
                if (!(part instanceof Text text)) {
                    throw new MalformedChat(part.at(), "must be text");
                }
                texts.add(text);
            }
            return texts;
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Text[" + at + "]";
        }
    }

    record Image(String at, Media media, Detail detail) implements Part {

        /** How closely the model is to look. */
        public enum Detail {
            UNSAID,
            LOW,
            HIGH
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Image[" + at + "]";
        }
    }

    /**
     * A document such as a PDF.
     *
     * @param name its file name or title; empty if it has none
     */
    record Document(String at, Media media, String name) implements Part {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Document[" + at + "]";
        }
    }

    /**
     * A sound that the user said.
     *
     * @param media its bytes, never a URL
     */
    record Audio(String at, Media.Inline media) implements Part {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Audio[" + at + "]";
        }
    }

    /**
     * The model calls a tool.
     *
     * @param id by which the result refers to it
     * @param arguments a JSON object as text, just as the model wrote it
     */
    record ToolCall(String at, String id, String name, String arguments) implements Part {

        /** Shows no content. */
        @Override
        public String toString() {
            return "ToolCall[" + at + ", id=" + id + "]";
        }
    }

    /**
     * What a tool answered.
     *
     * @param callId the {@link ToolCall#id} that it answers
     * @param output texts, images and documents
     * @param failed whether the tool failed
     */
    record ToolResult(String at, String callId, List<Part> output, boolean failed) implements Part {
        public ToolResult {
            output = List.copyOf(output);
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "ToolResult[" + at + ", callId=" + callId + "]";
        }
    }

    /**
     * What the model thought before it answered.
     *
     * @param text empty if the provider keeps it to itself
     * @param seal what the provider wants back unchanged with it: a signature, or the encrypted
     *     thought; empty if there is none
     * @param sealOnly whether the seal is all there is: Anthropic's {@code redacted_thinking}
     */
    record Reasoning(String at, String text, String seal, boolean sealOnly) implements Part {

        /** Its name without its place. */
        String field() {
            if (at.endsWith("reasoning_content")) {
                return "messages.reasoning_content";
            }
            return at.startsWith("input") ? "input.reasoning" : "messages.thinking";
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Reasoning[" + at + "]";
        }
    }

    /** The model declined, and said so here. */
    record Refusal(String at, String text) implements Part {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Refusal[" + at + "]";
        }
    }
}
