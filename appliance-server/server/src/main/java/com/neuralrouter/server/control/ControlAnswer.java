package com.neuralrouter.server.control;

import com.neuralrouter.server.secret.SecretBytes;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.TreeMap;

/**
 * An answer on the control socket.
 *
 * @param body may be a secret, as new shares are; wiped by whoever sends or reads it
 */
public record ControlAnswer(int status, String type, SecretBytes body) implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Facts by name; none of them a secret. */
    public static ControlAnswer facts(Map<String, ?> facts) {
        return json(200, "application/json", facts);
    }

    /** Bytes that are shown once; they belong to the answer from then on. */
    public static ControlAnswer secret(byte[] bytes) {
        return new ControlAnswer(200, "application/octet-stream", SecretBytes.owning(bytes));
    }

    /** A problem (RFC 9457) with one sentence. */
    public static ControlAnswer problem(int status, String sentence) {
        return json(
                status, "application/problem+json", Map.of("status", status, "detail", sentence));
    }

    private static ControlAnswer json(int status, String type, Map<String, ?> content) {
        return new ControlAnswer(
                status, type, SecretBytes.owning(JSON.writeValueAsBytes(new TreeMap<>(content))));
    }

    /** Closing wipes the body. */
    @Override
    public void close() {
        body.close();
    }
}
