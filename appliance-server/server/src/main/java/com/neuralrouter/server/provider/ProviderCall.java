package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * One attempt at one provider.
 *
 * @param operation what the app asks for
 * @param model the model's name at this provider
 * @param stream whether the answer is to come piece by piece
 * @param credential null if the endpoint wants none
 * @param deadline by when the whole attempt must be over, {@link System#nanoTime()}
 * @param over is told which connection it goes over, by the thread that makes the call, before
 *     anything is sent; again if that one turned out to be dead
 */
public record ProviderCall(
        RequestId requestId,
        Endpoint endpoint,
        Operation operation,
        String model,
        Payload payload,
        boolean stream,
        @Nullable SecretBytes credential,
        long deadline,
        Consumer<Connection> over) {

    /** A call of which nobody asks what it went over. */
    public ProviderCall(
            RequestId requestId,
            Endpoint endpoint,
            Operation operation,
            String model,
            Payload payload,
            boolean stream,
            @Nullable SecretBytes credential,
            long deadline) {
        this(requestId, endpoint, operation, model, payload, stream, credential, deadline, _ -> {});
    }

    /** Shows no payload: it is content. */
    @Override
    public String toString() {
        return "ProviderCall[requestId="
                + requestId
                + ", endpoint="
                + endpoint.name()
                + ", operation="
                + operation
                + "]";
    }
}
