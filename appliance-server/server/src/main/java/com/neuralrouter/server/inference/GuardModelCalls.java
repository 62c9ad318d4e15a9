package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.guardrail.GuardModel;
import com.neuralrouter.server.guardrail.GuardModels;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.snapshot.WorkspaceView;
import com.neuralrouter.server.usage.TokenCounts;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Asks guard models: by a route of the workspace, under the permit of the request that the text is
 * of, so that the text goes nowhere where the request may not go. Each question is recorded as a
 * request of its own, whose id differs from its request's in one byte. Safe for all threads.
 */
public final class GuardModelCalls {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ANSWER_TOKENS = 20;

    private final RoutePlanner planner;
    private final Upstreams upstreams;
    private final Dialect chat;
    private final Dialect moderation;

    /**
     * @param upstreams which give up soon
     */
    public GuardModelCalls(RoutePlanner planner, Upstreams upstreams, Dialects dialects) {
        this.planner = planner;
        this.upstreams = upstreams;
        this.chat = dialects.at("/v1/chat/completions").orElseThrow();
        this.moderation = dialects.at("/v1/moderations").orElseThrow();
    }

    /** Makes the facts about a question. */
    @FunctionalInterface
    interface Facts {
        RouteFacts of(RequestId id, Operation operation, InferenceRequest question, Route route);
    }

    /** For one request. */
    GuardModels under(Permit permit, WorkspaceView workspace, Facts facts, Exchange exchange) {
        return new GuardModels() {
            private int questions;

            @Override
            public Verdict ask(GuardModel model, String text) {
                Optional<Route> route = workspace.route(model.model());
                if (route.isEmpty()) {
                    return Verdict.NONE;
                }
                RequestId id = questionOf(exchange.id(), ++questions);
                Exchange beside = exchange.beside(id, route.get().model());
                try {
                    return question(model, text, route.get(), permit, workspace, facts, beside);
                } finally {
                    exchange.asked(beside);
                }
            }
        };
    }

    /** So that both are found together. */
    private static RequestId questionOf(RequestId original, int number) {
        UUID value = original.value();
        return new RequestId(
                new UUID(
                        value.getMostSignificantBits(),
                        value.getLeastSignificantBits() ^ (0x80L + (number & 0x7f) << 8)));
    }

    private GuardModels.Verdict question(
            GuardModel model,
            String text,
            Route route,
            Permit permit,
            WorkspaceView workspace,
            Facts facts,
            Exchange beside) {
        Dialect dialect = model.moderation() ? moderation : chat;
        try {
            InferenceRequest question = dialect.read("application/json", body(model, text));
            RoutePlan plan =
                    planner.plan(
                            route,
                            facts.of(beside.id(), dialect.operation(), question, route),
                            permit,
                            workspace.credentials()::containsKey);
            beside.begin();
            Served served =
                    upstreams.ask(
                            plan,
                            dialect.operation(),
                            question,
                            OptionalInt.empty(),
                            workspace,
                            beside);
            return said(served, model, beside);
        } catch (InferenceRefused refused) {
            beside.refused(refused.code());
            return GuardModels.Verdict.NONE;
        }
    }

    private static byte[] body(GuardModel model, String text) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model.model());
        if (model.moderation()) {
            body.put("input", text);
        } else {
            body.put("max_tokens", ANSWER_TOKENS);
            body.put("temperature", 0);
            body.putArray("messages").addObject().put("role", "user").put("content", text);
        }
        return JSON.writeValueAsBytes(body);
    }

    private static GuardModels.Verdict said(Served served, GuardModel model, Exchange beside) {
        switch (served) {
            case Served.Whole whole -> {
                boolean good = whole.status() / 100 == 2;
                beside.ended(
                        good ? Outcome.COMPLETED : Outcome.FAILED,
                        whole.status(),
                        null,
                        TokenCounts.NONE);
                return good ? verdict(whole.body(), model) : GuardModels.Verdict.NONE;
            }
            case Served.Translated translated -> {
                beside.ended(Outcome.COMPLETED, 200, null, TokenCounts.NONE);
                var text = new StringBuilder();
                for (ReplyEvent event : translated.first()) {
                    if (event instanceof ReplyEvent.TextDelta delta) {
                        text.append(delta.text());
                    }
                }
                return word(text.toString());
            }
            case Served.Stream stream -> {
                stream.answer().close();
                beside.ended(Outcome.FAILED, 200, null, TokenCounts.NONE);
                return GuardModels.Verdict.NONE;
            }
            case Served.Counted _ ->
                    throw new IllegalStateException("a guard model that was asked to count");
        }
    }

    private static GuardModels.Verdict verdict(byte[] answer, GuardModel model) {
        try {
            JsonNode tree = JSON.readTree(answer);
            return model.moderation()
                    ? flags(tree.path("results"))
                    : word(tree.at("/choices/0/message/content").asString(""));
        } catch (JacksonException _) {
            return GuardModels.Verdict.NONE;
        }
    }

    private static GuardModels.Verdict flags(JsonNode results) {
        if (!results.isArray() || results.isEmpty()) {
            return GuardModels.Verdict.NONE;
        }
        for (JsonNode result : results) {
            JsonNode flagged = result.path("flagged");
            if (!flagged.isBoolean()) {
                return GuardModels.Verdict.NONE;
            }
            if (flagged.booleanValue()) {
                return GuardModels.Verdict.UNSAFE;
            }
        }
        return GuardModels.Verdict.SAFE;
    }

    /** Llama Guard's words, and those of models that were told to use them. */
    private static GuardModels.Verdict word(String said) {
        String word = said.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith("unsafe")) {
            return GuardModels.Verdict.UNSAFE;
        }
        return word.equals("safe") || word.startsWith("safe\n") || word.startsWith("safe.")
                ? GuardModels.Verdict.SAFE
                : GuardModels.Verdict.NONE;
    }
}
