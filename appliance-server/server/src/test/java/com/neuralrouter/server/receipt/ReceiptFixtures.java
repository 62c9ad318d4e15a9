package com.neuralrouter.server.receipt;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.secret.ReceiptSigningKey;
import com.neuralrouter.server.usage.TokenCounts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Receipts of made-up sites. */
final class ReceiptFixtures {
    static final byte[] REQUEST =
            "{\"model\":\"chat\",\"messages\":[]}".getBytes(StandardCharsets.UTF_8);
    static final byte[] ANSWER = "{\"choices\":[]}".getBytes(StandardCharsets.UTF_8);

    private ReceiptFixtures() {}

    /** A site of its own for each number. */
    static Receipts site(int number) {
        return Receipts.issued(key(number), "nr.site-" + number + "/audit", () -> 4_711);
    }

    static ReceiptSigningKey key(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return ReceiptSigningKey.owning(seed);
    }

    /** One receipt of that site. */
    static SignedReceipt signedBy(Receipts site) {
        ContentHashes content = site.begin(REQUEST).orElseThrow();
        content.answer(ANSWER, 0, ANSWER.length);
        return site.sign(receipt(), content);
    }

    static Receipt receipt() {
        var abroad = Destination.of("first", "US", "us-east-1", null, Retention.days(30));
        var here = Destination.of("second", "DE", null, false, Retention.ZERO);
        var served = new Receipt.Place("small-\"chät\"", here);
        return new Receipt(
                new RequestId(new UUID(0x0198_0000_0000_7000L, 5)),
                new WorkspaceId(new UUID(0, 1)),
                "chat",
                new Receipt.Ended(
                        Instant.parse("2026-11-29T10:00:00.5Z"),
                        Outcome.COMPLETED,
                        200,
                        null,
                        new TokenCounts(11, 7, false)),
                List.of(new Receipt.Place("big", abroad), served),
                List.of(),
                served,
                "ab".repeat(32),
                "zero");
    }
}
