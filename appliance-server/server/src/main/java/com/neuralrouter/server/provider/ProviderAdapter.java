package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;

/**
 * Speaks one wire format to providers. There is one instance for each {@link ProviderKind}; it is
 * safe for all threads. An adapter makes one attempt: it never retries and knows of no other
 * adapter (rule R7).
 */
public interface ProviderAdapter extends AutoCloseable {

    ProviderKind kind();

    /** How that provider can serve the operation. */
    Service service(Endpoint endpoint, Operation operation);

    /** Whether what it translates to has a place for what the model thought in earlier turns. */
    default boolean takesThoughts() {
        return true;
    }

    /**
     * Sends the call and waits for the head of the answer. Blocks until then, at the most until the
     * call's deadline. A provider's failure is a value, not an exception, because the caller
     * branches on it. A payload goes only to an adapter whose {@link #service} says so: {@link
     * Payload.Verbatim} comes back as a {@link ProviderAnswer}, {@link Payload.Translated} as a
     * {@link ProviderReply}.
     */
    OpenResult open(ProviderCall call);

    /** Closes every connection; calls in progress fail. */
    @Override
    void close();
}
