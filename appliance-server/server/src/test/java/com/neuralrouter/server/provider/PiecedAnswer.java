package com.neuralrouter.server.provider;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A provider's answer from memory, which comes in pieces of random size. */
public final class PiecedAnswer implements ProviderAnswer {
    private final byte[] body;
    private final Random random;
    private int at;

    public PiecedAnswer(String body, Random random) {
        this(body.getBytes(StandardCharsets.UTF_8), random);
    }

    public PiecedAnswer(byte[] body, Random random) {
        this.body = body;
        this.random = random;
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
    public int read(byte[] into, int from, int length) {
        if (at == body.length) {
            return -1;
        }
        int n = Math.min(Math.min(length, 1 + random.nextInt(12)), body.length - at);
        System.arraycopy(body, at, into, from, n);
        at += n;
        return n;
    }

    @Override
    public void close() {
        at = body.length;
    }
}
