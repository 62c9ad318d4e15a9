package com.neuralrouter.server.guardrail;

import java.util.Set;

/**
 * What is known of the words of the APIs: names of fields that are the formats' own and may stand
 * in a refusal, and what is no text.
 */
final class Protocol {
    /** Pictures and sounds are longer; what is shorter is looked at, which costs little. */
    private static final int SHORTEST_BLOB = 4096;

    private static final int LONGEST_TYPE = 128;

    private static final Set<String> NAMES =
            Set.of(
                    "messages",
                    "content",
                    "text",
                    "system",
                    "input",
                    "output",
                    "instructions",
                    "prompt",
                    "suffix",
                    "tools",
                    "tool_calls",
                    "function",
                    "functions",
                    "arguments",
                    "description",
                    "parameters",
                    "input_schema",
                    "name",
                    "query",
                    "documents",
                    "user",
                    "metadata",
                    "stop",
                    "stop_sequences",
                    "source",
                    "title",
                    "context",
                    "thinking",
                    "summary",
                    "reasoning",
                    "reasoning_content",
                    "refusal",
                    "response_format",
                    "json_schema",
                    "schema",
                    "format",
                    "choices",
                    "message",
                    "delta",
                    "item",
                    "part",
                    "response",
                    "partial_json",
                    "error",
                    "image_url",
                    "file",
                    "filename",
                    "prediction",
                    "results",
                    "data");

    /** Below these everything is the app's own. */
    private static final Set<String> OPEN =
            Set.of("parameters", "input_schema", "schema", "metadata");

    /** What holds base64, or a provider's seal, which nobody reads. */
    private static final Set<String> BLOBS =
            Set.of(
                    "data",
                    "url",
                    "image_url",
                    "file_data",
                    "b64_json",
                    "signature",
                    "encrypted_content",
                    "image_data");

    /** Whose text goes on in the next one. */
    private static final Set<String> FLOWING = Set.of("text", "content", "input", "prompt");

    private static final Set<String> SAID = Set.of("content", "text", "delta");

    private Protocol() {}

    static boolean isName(String name) {
        return NAMES.contains(name);
    }

    static boolean flows(String name) {
        return FLOWING.contains(name);
    }

    /** Whether it is what an answer says, not what it thinks or calls. */
    static boolean isSaid(String name) {
        return SAID.contains(name);
    }

    /** Whether a name is the last of a place that may be shown. */
    static boolean isOpen(String name) {
        return OPEN.contains(name);
    }

    /** Whether the text is JSON: the arguments of a tool's call. */
    static boolean isJson(String name, String text) {
        return (name.equals("arguments") || name.equals("partial_json"))
                && (text.startsWith("{") || text.startsWith("["));
    }

    static boolean isBlob(String name, String text) {
        if (!BLOBS.contains(name) || text.length() < SHORTEST_BLOB) {
            return false;
        }
        int from = 0;
        if (text.startsWith("data:")) {
            from = text.indexOf(";base64,") + ";base64,".length();
            if (from < ";base64,".length() || from > LONGEST_TYPE) {
                return false;
            }
        }
        for (int i = from; i < text.length(); i++) {
            if (!isBase64(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '='
                || c == '-'
                || c == '_';
    }
}
