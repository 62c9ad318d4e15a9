package com.neuralrouter.server.provider;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

/**
 * An adapter that can ask its providers for the list of their models: a question that costs
 * nothing, and whose answer shows that the provider is there. Safe for all threads.
 */
public interface ListsModels {

    /**
     * Asks and waits for the head of the answer, at the most until the deadline.
     *
     * @param credential null if the endpoint wants none, or nobody has one
     * @param deadline {@link System#nanoTime()}
     */
    OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline);
}
