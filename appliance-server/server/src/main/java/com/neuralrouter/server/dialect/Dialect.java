package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;

/**
 * One operation of the API that apps speak. Adding one takes a class here and its line in {@link
 * Dialects}. Without state; safe for all threads.
 */
public interface Dialect {

    Operation operation();

    /** Where it is served, as in {@code /v1/chat/completions}. */
    String path();

    /** How it says that it refuses or fails. */
    ApiErrors errors();

    /** How it tells of limits. */
    default RateHeaders rates() {
        return RateHeaders.OPENAI;
    }

    /** The type of its bodies. */
    default String mediaType() {
        return "application/json";
    }

    /**
     * Whether it takes bodies of that type.
     *
     * @param contentType the header's value; empty if there is none
     */
    default boolean takes(String contentType) {
        return MediaType.isJson(contentType);
    }

    /**
     * Reads a request strictly: where two parsers might disagree, it is refused. Throws {@link
     * InferenceRefused} naming the field, or the place, that can't be used.
     *
     * @param contentType one that {@link #takes} takes
     * @param body kept, not copied
     */
    InferenceRequest read(String contentType, byte[] body);
}
