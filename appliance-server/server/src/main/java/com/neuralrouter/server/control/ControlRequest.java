package com.neuralrouter.server.control;

import com.neuralrouter.server.secret.SecretBytes;

import java.util.Map;

/**
 * A request on the control socket. Its body may be a secret and is wiped once it is answered.
 *
 * @param account whose process asks, by the operating system's word
 */
public record ControlRequest(
        String method, String path, Map<String, String> query, SecretBytes body, String account) {
    public ControlRequest {
        query = Map.copyOf(query);
    }

    /** Method and path in one, as in {@code POST /unseal}. */
    public String operation() {
        return method + " " + path;
    }
}
