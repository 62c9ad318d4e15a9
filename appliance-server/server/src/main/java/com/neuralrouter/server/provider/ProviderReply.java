package com.neuralrouter.server.provider;

import com.neuralrouter.server.chat.ReplyEvent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * A translated answer that has begun. Owned by the thread that opened it; always closed, by
 * whichever thread, which wakes a reader with a failure.
 */
public non-sealed interface ProviderReply extends OpenResult, AutoCloseable {

    /**
     * Waits for the next event; null when the answer is complete. Throws {@link IOException} when
     * the provider breaks off or sends what is no answer, and {@link
     * java.io.InterruptedIOException} when a deadline passes.
     */
    @Nullable ReplyEvent next() throws IOException;

    /** Ends the exchange. */
    @Override
    void close();
}
