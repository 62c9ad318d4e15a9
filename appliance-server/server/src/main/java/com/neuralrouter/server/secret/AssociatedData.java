package com.neuralrouter.server.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The associated data of a sealing (NIST SP 800-38D calls it additional authenticated data): the
 * product, the format, and the parts that say what belongs where. Each part is preceded by its
 * length (4 bytes, big-endian), so that no two lists of parts have the same bytes.
 */
final class AssociatedData {
    private static final String PRODUCT = "neural-router";
    private static final String FORMAT = "1";

    private AssociatedData() {}

    static byte[] of(String... parts) {
        List<byte[]> encoded =
                Stream.concat(Stream.of(PRODUCT, FORMAT), Stream.of(parts))
                        .map(part -> part.getBytes(StandardCharsets.UTF_8))
                        .toList();
        var buffer =
                ByteBuffer.allocate(
                        encoded.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        encoded.forEach(part -> buffer.putInt(part.length).put(part));
        return buffer.array();
    }
}
