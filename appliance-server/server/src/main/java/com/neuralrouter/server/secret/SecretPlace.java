package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The one place in the store where a sealed secret belongs; copied anywhere else it does not open.
 *
 * @param row the row's primary key
 * @param purpose what the secret is for, as in {@code provider-credential}
 */
public record SecretPlace(
        WorkspaceId workspace, String table, String column, UUID row, String purpose) {
    private static final String PRODUCT = "neural-router";
    private static final String FORMAT = "1";

    /**
     * The associated data of a sealing (NIST SP 800-38D calls it additional authenticated data).
     * Each part is preceded by its length (4 bytes, big-endian), so that no two places have the
     * same bytes.
     */
    byte[] associated(int keyVersion) {
        return encode(
                List.of(
                        PRODUCT,
                        FORMAT,
                        workspace.toString(),
                        table,
                        column,
                        row.toString(),
                        purpose,
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
