package com.neuralrouter.server.provider;

import java.io.IOException;
import java.util.Arrays;

/** Reads an answer that is held in memory as a whole. */
public final class WholeBody {
    /** None that a model gives comes near. */
    private static final int LARGEST = 64 << 20;

    private static final int PIECE = 16 << 10;

    private WholeBody() {}

    /** Throws {@link IOException} when it breaks off, or is larger than 64 MiB. */
    public static byte[] of(ProviderAnswer answer) throws IOException {
        long announced = answer.contentLength();
        if (announced > LARGEST) {
            throw new IOException("the answer is too large");
        }
        byte[] body = new byte[announced >= 0 ? (int) announced : PIECE];
        int length = 0;
        while (true) {
            if (length == body.length && announced < 0) {
                if (length == LARGEST) {
                    throw new IOException("the answer is too large");
                }
                body = Arrays.copyOf(body, Math.min(length * 2, LARGEST));
            }
            if (length == body.length) {
                return body;
            }
            int n = answer.read(body, length, body.length - length);
            if (n < 0) {
                return length == body.length ? body : Arrays.copyOf(body, length);
            }
            length += n;
        }
    }
}
