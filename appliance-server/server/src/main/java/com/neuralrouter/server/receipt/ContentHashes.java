package com.neuralrouter.server.receipt;

import com.neuralrouter.server.secret.MacKey;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a receipt says of a request's and an answer's content: HMAC-SHA256 (RFC 2104) of each one's
 * bytes under a salt of its own, which the receipt tells. Who has the content and the receipt can
 * compute the same; who has a hash alone can't even try a guess. For one request; used by one
 * thread at a time.
 */
public final class ContentHashes {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] salt;
    private final String request;
    private final MacKey.Computation answer;

    ContentHashes(byte[] salt, byte[] request) {
        this.salt = salt;
        this.answer = MacKey.owning(salt.clone()).computation();
        answer.update(request);
        this.request = BASE64.encodeToString(answer.end());
    }

    /** The next bytes of the answer's body, as they go to the app. */
    public void answer(byte[] bytes, int at, int length) {
        answer.update(bytes, at, length);
    }

    /** The claim; to be called once, when all of the answer was given. */
    Map<String, Object> claim() {
        var claim = new TreeMap<String, Object>();
        claim.put("salt", BASE64.encodeToString(salt));
        claim.put("request", request);
        claim.put("answer", BASE64.encodeToString(answer.end()));
        return claim;
    }
}
