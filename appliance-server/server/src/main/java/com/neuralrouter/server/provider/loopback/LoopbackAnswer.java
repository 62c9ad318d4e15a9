package com.neuralrouter.server.provider.loopback;

import com.neuralrouter.server.provider.ProviderAnswer;

import java.util.List;

/**
 * An answer that is in memory, read in the pieces it was made of: a stream comes event by event, as
 * a model's would. Used by one thread.
 */
final class LoopbackAnswer implements ProviderAnswer {
    private final int status;
    private final String contentType;
    private final long contentLength;
    private final List<byte[]> pieces;

    /** Where reading goes on: a piece, and a place in it. */
    private int piece;

    private int place;

    private LoopbackAnswer(
            int status, String contentType, long contentLength, List<byte[]> pieces) {
        this.status = status;
        this.contentType = contentType;
        this.contentLength = contentLength;
        this.pieces = pieces;
    }

    static LoopbackAnswer whole(int status, String contentType, byte[] body) {
        return new LoopbackAnswer(status, contentType, body.length, List.of(body));
    }

    static LoopbackAnswer stream(String contentType, List<byte[]> events) {
        return new LoopbackAnswer(200, contentType, -1, events);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public int read(byte[] into, int at, int length) {
        if (piece == pieces.size()) {
            return -1;
        }
        byte[] current = pieces.get(piece);
        int read = Math.min(length, current.length - place);
        System.arraycopy(current, place, into, at, read);
        place += read;
        if (place == current.length) {
            piece++;
            place = 0;
        }
        return read;
    }

    /** There is nothing to end. */
    @Override
    public void close() {}
}
