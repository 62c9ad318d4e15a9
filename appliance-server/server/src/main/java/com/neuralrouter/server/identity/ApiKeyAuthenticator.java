package com.neuralrouter.server.identity;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.apikey.ApiKeyFormat;
import com.neuralrouter.server.identity.CredentialRefused.Reason;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.KeyEntry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Tells who sends an inference request, by its API key. The key's form is checked before anything
 * is looked up; after that every key costs the same, whether it is known or not: one SHA-256 and
 * one comparison in constant time. Asked for each request, so a key that was revoked a moment ago
 * is refused on an open connection too. Safe for all threads.
 */
public final class ApiKeyAuthenticator {
    private static final String SCHEME = "Bearer ";

    /** What a key that nobody has is compared with; no key hashes to it. */
    private static final byte[] NO_REFERENCE = new byte[32];

    private final Clock clock;

    /** Only ever cloned, which is cheaper than asking the providers for another one. */
    private final MessageDigest blank;

    public ApiKeyAuthenticator(Clock clock) {
        this.clock = clock;
        try {
            this.blank = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }

    /**
     * A request must carry exactly one credential: {@code Authorization: Bearer <key>}, or the key
     * in a header of its own, as Anthropic's and Azure's SDKs send it.
     */
    public Authentication authenticate(GatewaySnapshot snapshot, PresentedCredentials presented) {
        List<String> authorization = presented.authorization();
        int credentials = authorization.size() + presented.others().size();
        if (credentials > 1) {
            return new CredentialRefused(ProblemCode.SEVERAL_CREDENTIALS, Reason.SEVERAL);
        }
        String key;
        if (!presented.others().isEmpty()) {
            key = presented.others().getFirst();
        } else if (!authorization.isEmpty() && isBearer(authorization.getFirst())) {
            key = authorization.getFirst().substring(SCHEME.length());
        } else {
            return new CredentialRefused(ProblemCode.CREDENTIAL_MISSING, Reason.MISSING);
        }
        Optional<String> kid = ApiKeyFormat.kid(key);
        return kid.isPresent() ? known(snapshot, kid.get(), key) : refused(Reason.NOT_A_KEY);
    }

    private Authentication known(GatewaySnapshot snapshot, String kid, String key) {
        Optional<KeyEntry> found = snapshot.key(kid);
        byte[] sha256 = digest().digest(key.getBytes(StandardCharsets.US_ASCII));
        if (found.isEmpty()) {
            MessageDigest.isEqual(NO_REFERENCE, sha256);
            return refused(Reason.UNKNOWN);
        }
        KeyEntry entry = found.get();
        if (!entry.matches(sha256)) {
            return refused(Reason.UNKNOWN);
        }
        if (entry.revoked()) {
            return refused(Reason.REVOKED);
        }
        if (clock.millis() >= entry.expiresAtMillis()) {
            return refused(Reason.EXPIRED);
        }
        return new Caller(entry.id(), entry.name(), entry.workspaceId());
    }

    /** The scheme's case does not matter (RFC 9110, section 11.1). */
    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static CredentialRefused refused(Reason reason) {
        return new CredentialRefused(ProblemCode.CREDENTIAL_REFUSED, reason);
    }

    private MessageDigest digest() {
        try {
            return (MessageDigest) blank.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the runtime's SHA-256 can be cloned", impossible);
        }
    }
}
