package com.neuralrouter.server.approval;

import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.AdminJson;
import com.neuralrouter.tlog.CanonicalJson;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A proposed change as text, in the one form that is kept and hashed (RFC 8785). */
final class ChangeText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ChangeText() {}

    static String write(ProposedChange change) {
        Map<?, ?> members = JSON.readValue(AdminJson.write(change), Map.class);
        return new String(CanonicalJson.write(members), StandardCharsets.UTF_8);
    }

    static ProposedChange read(String text) {
        return AdminJson.read(text.getBytes(StandardCharsets.UTF_8), ProposedChange.class);
    }

    /**
     * SHA-256, hex, over the change and what it was made from. Both are framed by their lengths, so
     * that no two pairs have the same bytes.
     */
    static String hash(String change, String base) {
        String framed =
                "neural-router change %d %d\n%s%s"
                        .formatted(change.length(), base.length(), change, base);
        return sha256(framed.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
