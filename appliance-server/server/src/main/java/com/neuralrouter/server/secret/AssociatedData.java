package com.neuralrouter.server.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The associated data of a sealing: says where the ciphertext belongs, so that it opens nowhere
 * else. Each part is preceded by its length (4 bytes, big-endian), so that no two lists of parts
 * have the same bytes.
 */
final class AssociatedData {
    private static final String PRODUCT = "neural-router";
    private static final String FORMAT = "1";

    private AssociatedData() {}

    static byte[] of(SecretPlace place, int keyVersion) {
        return encode(
                List.of(
                        PRODUCT,
                        FORMAT,
                        place.workspace().toString(),
                        place.table(),
                        place.column(),
                        place.row().toString(),
                        place.purpose(),
                        Integer.toString(keyVersion)));
    }

    private static byte[] encode(List<String> parts) {
        List<byte[]> encoded =
                parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
        var buffer =
                ByteBuffer.allocate(
                        encoded.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        encoded.forEach(part -> buffer.putInt(part.length).put(part));
        return buffer.array();
    }
}
