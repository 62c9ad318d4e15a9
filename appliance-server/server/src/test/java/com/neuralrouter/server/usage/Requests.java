package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;

import java.util.UUID;

/** Requests for tests: number n has the id n and began n milliseconds after the epoch. */
final class Requests {
    static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(1, 1));
    static final ApiKeyId KEY = new ApiKeyId(new UUID(2, 2));
    static final ProviderId PROVIDER = new ProviderId(new UUID(3, 3));

    private Requests() {}

    static RequestId id(long number) {
        return new RequestId(new UUID(0, number));
    }

    static RequestStarted started(long number) {
        return new RequestStarted(id(number), number, WORKSPACE, KEY, "chat-large", true, 42);
    }

    static final Residency RESIDENCY =
            new Residency("on-prem DE", "eu-1", "0a1b".repeat(16), "email:mask=2");

    static RequestEnded completed() {
        return new RequestEnded(
                Outcome.COMPLETED,
                200,
                null,
                PROVIDER,
                "llama-70b",
                1,
                1_500,
                9_000,
                new TokenCounts(120, 20, 8, 48, 12, false),
                RESIDENCY,
                new RequestCost(4_711, "EUR", "11+0123456789ab", 168),
                new Waits(70, 900),
                "hash-of-the-receipt-of-this-request");
    }
}
