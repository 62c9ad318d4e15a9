package com.neuralrouter.server.guardrail;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.chat.ExactJson;
import com.neuralrouter.server.dialect.BodyTree;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.policy.GuardrailAction;
import com.neuralrouter.server.provider.UsageObserver;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The guardrails of one request and of its answer. Where a policy names none, nothing is read and
 * nothing is copied. Lives as long as the request; used by the request's thread.
 */
public final class GuardedExchange {
    private static final Set<String> REQUEST_SETTINGS = Set.of("model");
    private static final Set<String> REPEATING = Set.of("logprobs", "words");
    private static final Set<String> TOKEN_FIELDS = Set.of("input", "prompt");

    private final GuardrailPlan plan;
    private final Operation operation;
    private final Placeholders placeholders;
    private final Tally tally;
    private @Nullable AnswerSchema schema;
    private @Nullable GuardModels models;
    private @Nullable GuardedStream stream;
    private String asked = "";

    GuardedExchange(GuardrailPlan plan, Operation operation, String tag, GuardrailCounts counts) {
        this.tally = new Tally(counts);
        this.plan = plan;
        this.operation = operation;
        this.placeholders = new Placeholders(tag);
    }

    /**
     * Looks at the request, and returns the one that is sent on: written anew from what was looked
     * at. Throws {@link InferenceRefused} when it may not go on.
     */
    public InferenceRequest request(Dialect dialect, InferenceRequest request) {
        if (!plan.unknown().isEmpty()) {
            throw refused(
                    "A policy names the guardrail "
                            + plan.unknown().getFirst()
                            + ", which this site does not have; nothing is sent without it.");
        }
        if (!plan.request().looks() && !plan.schema()) {
            return request;
        }
        if (!request.readable()) {
            return unread(request);
        }
        try {
            return guarded(dialect, request);
        } catch (GuardrailRefusal refusal) {
            throw refused(refusal.sentence());
        }
    }

    /** Nobody here can listen to a sound: where something must be looked for in it, it stays. */
    private InferenceRequest unread(InferenceRequest request) {
        if (plan.request().looks()) {
            throw refused(
                    "A policy names a guardrail for requests, and nobody here can look into a"
                            + " sound; nothing is sent. A guardrail for answers alone, as in"
                            + " pii@answer, does not stop it.");
        }
        return request;
    }

    private InferenceRequest guarded(Dialect dialect, InferenceRequest request) {
        if (!(BodyTree.of(request.content()) instanceof ObjectNode body)) {
            throw new IllegalStateException("a request that is no object");
        }
        if (plan.schema()) {
            schema = AnswerSchema.of(body);
        }
        if (!plan.request().looks()) {
            return request;
        }
        demandTexts(body);
        var guard =
                new TreeGuard(
                        plan.request().rules(),
                        Acting.onRequest(tally, placeholders),
                        REQUEST_SETTINGS);
        guard.gather(body);
        if (guard.characters() > plan.request().most()) {
            tally.acted(GuardrailPlan.REQUEST_TEXT, GuardrailAction.BLOCK);
            throw new GuardrailRefusal(
                    GuardrailPlan.REQUEST_TEXT,
                    "allows requests of at most " + plan.request().most() + " characters.");
        }
        guard.apply();
        if (!plan.request().models().isEmpty()) {
            asked = TreeTexts.of(body).all();
        }
        return dialect.read("application/json", ExactJson.write(body));
    }

    /** Tokens that an app made itself can't be read here. */
    private static void demandTexts(ObjectNode body) {
        for (String field : TOKEN_FIELDS) {
            if (body.get(field) instanceof ArrayNode array && hasTokens(array)) {
                throw new GuardrailRefusal(
                        "of this site", "can read texts only, and not tokens in " + field + ".");
            }
        }
    }

    private static boolean hasTokens(ArrayNode array) {
        for (JsonNode each : array) {
            if (each.isNumber() || each instanceof ArrayNode inner && hasTokens(inner)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks the models that judge requests. Nothing of the request has left before, and the request
     * is recorded. Throws {@link InferenceRefused} unless each of them says that it is safe.
     */
    public void judged(GuardModels by) {
        models = by;
        try {
            new AnswerJudge(null, plan.request().models(), by, tally).judge(List.of(), asked);
        } catch (GuardrailRefusal refusal) {
            throw refused(refusal.sentence());
        }
    }

    private AnswerJudge judge() {
        return new AnswerJudge(schema, plan.answer().models(), models, tally);
    }

    /** Whether an answer is looked at at all. */
    public boolean looksAtAnswers() {
        return plan.answer().looks() || schema != null || !placeholders.isEmpty();
    }

    /**
     * An answer that is here as a whole, as the app gets it. Throws {@link InferenceRefused} when
     * it does not get it.
     */
    public byte[] whole(String contentType, byte[] answer) {
        if (!looksAtAnswers() || !isText(contentType) && operation != Operation.TRANSCRIPTIONS) {
            return answer;
        }
        try {
            return guarded(answer);
        } catch (GuardrailRefusal refusal) {
            throw refused(refusal.sentence());
        }
    }

    private byte[] guarded(byte[] answer) {
        JsonNode tree;
        try {
            tree = ExactJson.read(answer);
        } catch (JacksonException _) {
            tree = MissingNode.getInstance();
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        boolean object = tree instanceof ObjectNode;
        if (tree instanceof ObjectNode its) {
            root = its;
        } else if (tree instanceof ArrayNode) {
            root.set("content", tree);
        } else {
            root.put("text", new String(answer, StandardCharsets.UTF_8));
        }
        withoutProbabilities(root);
        var guard =
                new TreeGuard(
                        plan.answer().rules(),
                        Acting.onAnswer(tally, placeholders),
                        Set.of("model", "embedding"));
        guard.gather(root);
        if (guard.characters() > plan.answer().most()) {
            tally.acted(GuardrailPlan.ANSWER_TEXT, GuardrailAction.BLOCK);
            throw new GuardrailRefusal(
                    GuardrailPlan.ANSWER_TEXT,
                    "allows answers of at most " + plan.answer().most() + " characters.");
        }
        guard.apply();
        AnswerJudge judge = judge();
        if (judge.judges()) {
            TreeTexts texts = TreeTexts.of(root);
            judge.judge(texts.said(), texts.all());
        }
        if (object) {
            return ExactJson.write(root);
        }
        return tree instanceof ArrayNode
                ? ExactJson.write(root.get("content"))
                : root.path("text").asString("").getBytes(StandardCharsets.UTF_8);
    }

    /** They repeat the text, token by token or word by word. */
    private static void withoutProbabilities(ObjectNode root) {
        for (String repeating : REPEATING) {
            if (root.get(repeating) instanceof ArrayNode array) {
                array.removeAll();
            }
        }
        for (JsonNode each : root.path("segments")) {
            if (each instanceof ObjectNode segment && segment.has("tokens")) {
                segment.putArray("tokens");
            }
        }
        if (root.get("choices") instanceof ArrayNode choices) {
            for (JsonNode each : choices) {
                if (each instanceof ObjectNode choice && choice.has("logprobs")) {
                    choice.putNull("logprobs");
                }
            }
        }
    }

    private static boolean isText(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.contains("json") || type.startsWith("text/");
    }

    /**
     * An answer that comes piece by piece.
     *
     * @param client the app
     */
    public GuardedStream stream(UsageObserver.Sink client) {
        AnswerJudge judge = judge();
        var texts =
                new AnswerTexts(
                        plan.answer().rules(),
                        Acting.onAnswer(tally, placeholders),
                        plan.answer().most(),
                        judge.judges());
        var events = AnswerEvents.of(operation, texts);
        stream = new GuardedStream(events, texts, judge, client);
        return stream;
    }

    /**
     * How many events the app was sent of an answer that comes piece by piece.
     *
     * @param came how many the provider sent, which is the same where none is looked at
     */
    public long sent(long came) {
        return stream == null ? came : stream.sent();
    }

    /** The answer as it may be kept: what the app got back stands behind placeholders again. */
    public byte[] withheld(byte[] answer) {
        return placeholders.isEmpty() ? answer : placeholders.withheld(answer);
    }

    /** Which guardrails acted, and how often, as in {@code email:mask=2}; empty if none did. */
    public String acted() {
        return tally.text();
    }

    private static InferenceRefused refused(String sentence) {
        return InferenceRefused.because(ProblemCode.GUARDRAIL_REFUSED, sentence);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "GuardedExchange[" + tally.text() + "]";
    }
}
