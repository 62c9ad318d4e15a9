package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AccessList.Kind;
import com.neuralrouter.contract.AccessList.Remark;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Who has access to the site of {@link Samples}, and what of its trail is held. */
public final class GovernanceSamples {
    private GovernanceSamples() {}

    /** Reviewed a quarter ago, and changed since. */
    static AccessList access() {
        return access("a1b2", true);
    }

    /** With that digest. */
    public static AccessList access(String digest, boolean changed) {
        return new AccessList(
                digest,
                days(-91),
                "Grace Kim",
                changed,
                List.of(
                        one(1, Kind.DEVICE, "Ana Ruiz", "OWNER", -40, 325, 0, Remark.OWNER),
                        one(2, Kind.DEVICE, "Jonas Keller", "ADMIN", -32, 333, -1),
                        one(3, Kind.DEVICE, "Internal audit", "MEMBER", -30, 20, -30),
                        one(31, Kind.API_KEY, "claims-backend", "claims-assistant", -35, 90, 0),
                        one(
                                35,
                                Kind.API_KEY,
                                "reporting-2024",
                                "research",
                                -610,
                                null,
                                -402,
                                Remark.UNUSED,
                                Remark.NO_END,
                                Remark.OLD),
                        one(
                                41,
                                Kind.CREDENTIAL,
                                "shared cluster token",
                                "claims-assistant at gpu-hall-a",
                                -400,
                                null,
                                null,
                                Remark.OLD)));
    }

    private static Access one(
            int number,
            Kind kind,
            String name,
            String grants,
            int since,
            @Nullable Integer until,
            @Nullable Integer lastUsed,
            Remark... remarks) {
        return new Access(
                kind,
                "0199c5a2-7b1e-7000-8000-%012d".formatted(number),
                name,
                grants,
                days(since),
                until == null ? null : days(until),
                lastUsed == null ? null : days(lastUsed),
                List.of(remarks));
    }

    static List<LegalHold> holds() {
        return List.of(
                hold(
                        962,
                        new PlaceLegalHold(
                                "Case 2026-117",
                                Instant.parse("2026-06-01T00:00:00Z"),
                                Instant.parse("2026-10-01T00:00:00Z"),
                                "claims-assistant",
                                null),
                        days(-12),
                        null),
                hold(
                        961,
                        new PlaceLegalHold("Regulator's request of May", null, null, null, null),
                        days(-180),
                        days(-33)));
    }

    static LegalHold hold(
            int number, PlaceLegalHold draft, Instant placedAt, @Nullable Instant liftedAt) {
        return new LegalHold(
                Samples.id(LegalHoldId::of, number),
                draft.name(),
                draft.since(),
                draft.until(),
                draft.workspace(),
                draft.actor(),
                placedAt,
                liftedAt);
    }

    private static Instant days(int days) {
        return Samples.NOW.plus(Duration.ofDays(days));
    }

    /** What is kept of a request. */
    static KeptContent content(RequestId request) {
        var head =
                new KeptContentHead(
                        request,
                        Samples.id(WorkspaceId::of, 11),
                        Samples.id(ApiKeyId::of, 31),
                        Samples.NOW,
                        Samples.NOW.plus(Duration.ofDays(30)),
                        61,
                        false);
        return new KeptContent(head, base64("What is claim 7?"), base64("Paid."));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
