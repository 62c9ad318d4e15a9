package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary;

import java.util.Map;

/** Examples of what is recorded of requests. */
final class RequestMessages {
    private RequestMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put(
                "RequestSummary",
                new RequestSummary(
                        42,
                        new RequestId(WireMessages.id(8)),
                        WireMessages.AT,
                        WireMessages.WORKSPACE,
                        "research",
                        WireMessages.KEY,
                        "chat app",
                        "llama-3",
                        "vllm-a",
                        "meta-llama/3",
                        RequestSummary.Outcome.COMPLETED,
                        200,
                        null,
                        true,
                        1,
                        12_345,
                        678_901,
                        25,
                        300,
                        false,
                        "DE",
                        "eu-central-1",
                        "5f0c".repeat(16),
                        "email:mask=2 iban:block=1",
                        UsageMessages.costs()));
        all.put(
                "RequestSummary-failed",
                new RequestSummary(
                        43,
                        new RequestId(WireMessages.id(9)),
                        WireMessages.AT,
                        WireMessages.WORKSPACE,
                        "research",
                        WireMessages.KEY,
                        "chat app",
                        "llama-3",
                        null,
                        null,
                        RequestSummary.Outcome.FAILED,
                        502,
                        ProblemCode.UPSTREAM_FAILED,
                        false,
                        2,
                        5_000,
                        5_000,
                        0,
                        0,
                        true,
                        null,
                        null,
                        null,
                        null,
                        UsageMessages.noCosts()));
    }
}
