package com.neuralrouter.server.provider;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

/**
 * One attempt at one provider.
 *
 * @param path below the endpoint's base URL, as in {@code /chat/completions}
 * @param model the model's name at this provider
 * @param body what is sent: the bytes that policy saw, with {@link #model} already in place; this
 *     call's own, not copied
 * @param stream whether the answer is to come as server-sent events
 * @param credential null if the endpoint wants none
 * @param deadline by when the whole attempt must be over, {@link System#nanoTime()}
 */
public record ProviderCall(
        RequestId requestId,
        Endpoint endpoint,
        String path,
        String model,
        byte[] body,
        boolean stream,
        @Nullable SecretBytes credential,
        long deadline) {

    /** Shows no body: it is content. */
    @Override
    public String toString() {
        return "ProviderCall[requestId="
                + requestId
                + ", endpoint="
                + endpoint.name()
                + ", body=redacted]";
    }
}
