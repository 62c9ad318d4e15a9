package com.neuralrouter.server.provider;

import java.io.IOException;

/**
 * An answer that has begun: its head is here, its body comes as it is read. The head says 2xx, or a
 * 4xx that is about the request itself (400, 413, 422 …) and which the app must see. Owned by the
 * thread that opened it; always closed.
 */
public non-sealed interface ProviderAnswer extends OpenResult, AutoCloseable {

    /** The HTTP status. */
    int status();

    /**
     * The {@code content-type}, or {@code application/octet-stream} where the provider sent none.
     */
    String contentType();

    /** The body's length in bytes if the head told it, else -1. */
    long contentLength();

    /**
     * Reads what has come, at least one byte, without waiting for more than has come; -1 at the end
     * of a body that is whole. Throws {@link IOException} when the provider breaks off, and {@link
     * java.io.InterruptedIOException} when a deadline passes, between bytes or for the whole.
     */
    int read(byte[] into, int at, int length) throws IOException;

    /**
     * Ends the exchange. A connection whose body was read to its end is kept for the next call; any
     * other is cut.
     */
    @Override
    void close();
}
