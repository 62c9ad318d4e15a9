package com.neuralrouter.server.receipt;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.usage.TokenCounts;
import com.neuralrouter.tlog.CanonicalJson;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the appliance says of one answer; see {@code docs/reference/receipts.md} for every claim.
 *
 * @param asked the public model name
 * @param ended how it ended, as the app was told
 * @param sent whom the request was sent to, in that order
 * @param copies whom a copy was on its way to, as shadows and guard models get one, whether it
 *     arrived or not
 * @param served who answered; null if it was none of them
 * @param policy the hash of the policies that decided
 * @param kept how long the appliance keeps the content, as in {@code zero} or {@code 30d}
 */
public record Receipt(
        RequestId request,
        WorkspaceId workspace,
        String asked,
        Ended ended,
        List<Place> sent,
        List<Place> copies,
        @Nullable Place served,
        String policy,
        String kept) {
    /** The form's version; a reader that does not know it must say so. */
    private static final long FORM = 1;

    public Receipt {
        sent = List.copyOf(sent);
        copies = List.copyOf(copies);
    }

    /**
     * How the answer ended.
     *
     * @param problem what was wrong; null if nothing was
     */
    public record Ended(
            Instant at,
            Outcome outcome,
            int status,
            @Nullable ProblemCode problem,
            TokenCounts tokens) {}

    /**
     * A provider that was sent the request, as the site's administrators declare it.
     *
     * @param model the model's name there
     */
    public record Place(String model, Destination destination) {
        private Map<String, Object> claim() {
            var claim = new TreeMap<String, Object>();
            claim.put("provider", destination.provider());
            claim.put("model", model);
            claim.put("jurisdiction", declared(destination.jurisdiction()));
            claim.put("region", declared(destination.region()));
            claim.put("retention", declared(destination.keeps()));
            return claim;
        }

        private static String declared(@Nullable String text) {
            return text == null ? "undeclared" : text;
        }
    }

    /** The payload of the JWS, canonical JSON. */
    byte[] claims(String issuer, Map<String, Object> content, Map<String, Object> log) {
        var claims = new TreeMap<String, Object>();
        claims.put("v", FORM);
        claims.put("iss", issuer);
        claims.put("jti", request.toString());
        claims.put("iat", ended.at().getEpochSecond());
        claims.put("workspace", workspace.toString());
        claims.put("asked", asked);
        claims.put("outcome", ended.outcome().name().toLowerCase(Locale.ROOT));
        claims.put("status", (long) ended.status());
        if (ended.problem() != null) {
            claims.put("problem", ended.problem().wire());
        }
        claims.put("sent", sent.stream().map(Place::claim).toList());
        if (!copies.isEmpty()) {
            claims.put("copies", copies.stream().map(Place::claim).toList());
        }
        if (served != null) {
            claims.put("served", served.claim());
        }
        claims.put("retention", kept);
        claims.put("policy", policy);
        claims.put("tokens", tokens());
        claims.put("content", content);
        claims.put("log", log);
        return CanonicalJson.write(claims);
    }

    private Map<String, Object> tokens() {
        TokenCounts counted = ended.tokens();
        var claim = new TreeMap<String, Object>();
        claim.put("input", counted.input());
        claim.put("output", counted.output());
        claim.put("estimated", counted.estimated());
        return claim;
    }
}
