package com.neuralrouter.server.audit;

import com.neuralrouter.server.secret.MacKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Stands in the log for what may be personal: HMAC-SHA256 under the site's own key over the length
 * of the field's name, the name and the value. The same value in the same field has the same hash,
 * so that entries can be matched; without the key nothing can be guessed from it. Safe for all
 * threads.
 */
final class KeyedHash {
    private final MacKey key;

    /** The caller goes on owning the key. */
    KeyedHash(MacKey key) {
        this.key = key;
    }

    /** In base64url, 43 characters. */
    String of(String field, String value) {
        byte[] name = field.getBytes(StandardCharsets.UTF_8);
        MacKey.Computation code = key.computation();
        code.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
        code.update(name);
        code.update(value.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code.end());
    }
}
