package com.neuralrouter.server.content;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/** Whom a request is about, in the app's words for its end user. */
final class ContentSubject {
    /** OpenAI's two, and Anthropic's. */
    private static final List<String> PLACES =
            List.of("/safety_identifier", "/user", "/metadata/user_id");

    private ContentSubject() {}

    /** Empty if the body does not say. */
    static Optional<String> of(byte[] body) {
        try {
            JsonNode request = JsonMapper.shared().readTree(body);
            return PLACES.stream()
                    .map(place -> request.at(place).asString(""))
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }
}
