package com.neuralrouter.server.content;

/**
 * A request that has ended, of which the content is to be kept.
 *
 * @param request as it was sent on
 * @param answer what the app got, or as much of it as is kept
 * @param cut whether that is not all
 * @param held how much room was made for it
 */
public record FinishedExchange(
        Keeping.About about, Content request, Content answer, boolean cut, int held) {
    /** How large both are together. */
    long bytes() {
        return (long) request.bytes().length + answer.bytes().length;
    }
}
