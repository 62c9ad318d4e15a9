package com.neuralrouter.server.provider;

import java.io.IOException;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** An answer for tests whose bytes come in pieces of some size. */
public final class InPieces implements ProviderAnswer {
    private final byte[] bytes;
    private final IntUnaryOperator sizes;
    private int place;

    /**
     * @param sizes how many bytes come at a place, at the most
     */
    public InPieces(byte[] bytes, IntUnaryOperator sizes) {
        this.bytes = bytes;
        this.sizes = sizes;
    }

    /** Pieces of random size, most of them shorter than a line. */
    public static InPieces atRandom(byte[] bytes, Random random) {
        return new InPieces(bytes, _ -> 1 + random.nextInt(12));
    }

    /** Two pieces, the second of which begins there. */
    public static InPieces splitAt(byte[] bytes, int split) {
        return new InPieces(bytes, place -> place < split ? split - place : bytes.length);
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (place == bytes.length) {
            return -1;
        }
        int n = Math.min(Math.min(length, sizes.applyAsInt(place)), bytes.length - place);
        System.arraycopy(bytes, place, into, at, n);
        place += n;
        return n;
    }

    @Override
    public void close() {
        place = bytes.length;
    }
}
