package com.neuralrouter.server.provider.loopback;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * What the loopback takes from a chat request, and what it makes of it: numbers only, none of its
 * text.
 *
 * @param pieces the answer's text, one piece for each token, cut at the limit
 * @param cut whether the limit cut it
 * @param reportUsage whether a stream is to end with a usage chunk
 */
record LoopbackChat(List<String> pieces, boolean cut, int promptTokens, boolean reportUsage) {

    /** Fields that ask for more than text, and the values that do not. */
    private enum Unable {
        TOOLS("tools", "tools"),
        FUNCTIONS("functions", "functions"),
        AUDIO("audio", "speech"),
        LOGPROBS("logprobs", "log probabilities"),
        TOP_LOGPROBS("top_logprobs", "log probabilities"),
        PREDICTION("prediction", "predicted output"),
        WEB_SEARCH("web_search_options", "web search");

        private final String field;
        private final String what;

        Unable(String field, String what) {
            this.field = field;
            this.what = what;
        }
    }

    static LoopbackChat read(JsonNode request, boolean stream) throws LoopbackRefusal {
        if (!request.isObject()) {
            throw new LoopbackRefusal(null, "invalid_type", "the body must be a JSON object");
        }
        refuseWhatItCannotDo(request);
        JsonNode messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw LoopbackRefusal.invalid("messages", "a list with at least one message");
        }
        int promptTokens = 0;
        for (int i = 0; i < messages.size(); i++) {
            promptTokens += tokensOf(messages.get(i), "messages[" + i + "]");
        }
        List<String> whole = LoopbackText.pieces(LoopbackText.of(messages.size(), promptTokens));
        int limit = Math.min(limit(request, "max_tokens"), limit(request, "max_completion_tokens"));
        boolean cut = limit < whole.size();
        return new LoopbackChat(
                cut ? whole.subList(0, limit) : whole,
                cut,
                promptTokens,
                reportUsage(request, stream));
    }

    String text() {
        return String.join("", pieces);
    }

    private static void refuseWhatItCannotDo(JsonNode request) throws LoopbackRefusal {
        for (Unable unable : Unable.values()) {
            if (asks(request.path(unable.field))) {
                throw LoopbackRefusal.unsupported(unable.field, unable.what);
            }
        }
        JsonNode count = request.path("n");
        if (given(count) && !(count.isInt() && count.intValue() == 1)) {
            throw LoopbackRefusal.unsupported("n", "more or less than one choice");
        }
        JsonNode format = request.path("response_format");
        if (given(format) && !format.path("type").asString("").equals("text")) {
            throw LoopbackRefusal.unsupported("response_format", "a format other than text");
        }
        JsonNode modalities = request.path("modalities");
        if (given(modalities)) {
            for (JsonNode modality : modalities) {
                if (!modality.asString("").equals("text")) {
                    throw LoopbackRefusal.unsupported("modalities", "anything but text");
                }
            }
        }
        if (asks(request.path("stop"))) {
            throw LoopbackRefusal.unsupported("stop", "stop sequences");
        }
    }

    /** Whether a field's value asks for something: neither absent, null, false, 0 nor empty. */
    private static boolean asks(JsonNode value) {
        if (!given(value) || value.isBoolean() && !value.booleanValue()) {
            return false;
        }
        return !(value.isContainer() && value.isEmpty() || value.isInt() && value.intValue() == 0);
    }

    private static int tokensOf(JsonNode message, String place) throws LoopbackRefusal {
        if (!message.isObject() || !message.path("role").isString()) {
            throw LoopbackRefusal.invalid(place, "an object with a 'role'");
        }
        JsonNode content = message.path("content");
        if (!given(content)) {
            return 0;
        }
        if (content.isString()) {
            return LoopbackText.count(content.stringValue());
        }
        if (!content.isArray()) {
            throw LoopbackRefusal.invalid(place + ".content", "a text or a list of parts");
        }
        int tokens = 0;
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            if (!part.path("type").asString("").equals("text") || !part.path("text").isString()) {
                throw LoopbackRefusal.unsupported(
                        place + ".content[" + i + "]", "parts other than text");
            }
            tokens += LoopbackText.count(part.path("text").stringValue());
        }
        return tokens;
    }

    private static int limit(JsonNode request, String field) throws LoopbackRefusal {
        JsonNode limit = request.path(field);
        if (!given(limit)) {
            return Integer.MAX_VALUE;
        }
        if (!limit.isInt() || limit.intValue() < 1) {
            throw LoopbackRefusal.invalid(field, "a whole number from 1 on");
        }
        return limit.intValue();
    }

    private static boolean reportUsage(JsonNode request, boolean stream) throws LoopbackRefusal {
        JsonNode options = request.path("stream_options");
        if (!given(options)) {
            return false;
        }
        if (!stream) {
            throw LoopbackRefusal.invalid("stream_options", "absent unless 'stream' is true");
        }
        return options.path("include_usage").asBoolean(false);
    }

    private static boolean given(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}
