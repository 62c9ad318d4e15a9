package com.neuralrouter.server.admin;

import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.TryPolicy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The wire messages about policies. */
final class PolicyMessages {
    private static final Instant AT = Instant.parse("2027-01-31T12:00:00Z");

    private PolicyMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put(
                "TryPolicy",
                new TryPolicy(
                        "research",
                        new PolicyDocument(List.of("llama-3"), null, null, 4096, null),
                        30));
        all.put(
                "PolicyTrial",
                new PolicyTrial(
                        List.of("maxOutputTokens: none → 4096"),
                        List.of(new TestResult("site", "no other model", true, "permitted")),
                        new Simulation(
                                AT,
                                1200,
                                true,
                                List.of(
                                        new Effect(
                                                "research",
                                                "llama-3",
                                                800,
                                                3,
                                                1,
                                                0,
                                                List.of(
                                                        new Example(
                                                                new RequestId(WireMessages.id(8)),
                                                                AT,
                                                                "would be refused",
                                                                "maxOutputTokens")))),
                                List.of("networks"))));
    }
}
