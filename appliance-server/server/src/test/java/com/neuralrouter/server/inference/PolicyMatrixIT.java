package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.SiteDocument.HoursDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.policy.Classification;
import com.neuralrouter.server.policy.PolicyDocuments;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every operation that is served, under every rule about a request: each is refused by each, on the
 * wire, with nothing sent; and under every kind of guardrail, which is applied or refuses it by its
 * name. A new operation or a new kind of rule is in the matrix by itself. That nothing can be sent
 * without a decision is the compiler's: only the engine makes a permit.
 */
class PolicyMatrixIT {
    private static final Logger LOG = System.getLogger(PolicyMatrixIT.class.getName());

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void refusesEveryOperationByEveryRule() throws IOException {
        var matrix = new StringBuilder("\noperation");
        var guardrails = new StringBuilder("\nguardrail");
        var cells = new TreeMap<String, Map<String, String>>();
        RuleKind[] kinds = RuleKind.values();
        for (RuleKind kind : kinds) {
            matrix.append(" | ").append(kind.id());
        }
        for (Dialect dialect : Dialects.all().list()) {
            Map<RuleKind, PolicyRule> rules = refusing(dialect);
            try (var guarded = new GuardrailCells()) {
                cells.put(dialect.operation().wire(), guarded.of(dialect));
            }
            matrix.append('\n').append(dialect.operation().wire());
            for (RuleKind kind : kinds) {
                matrix.append(" | ").append(cell(dialect, kind, rules.get(kind)));
            }
        }
        cells.keySet().forEach(each -> guardrails.append(" | ").append(each));
        for (String guardrail : cells.firstEntry().getValue().keySet()) {
            guardrails.append('\n').append(guardrail);
            cells.values().forEach(each -> guardrails.append(" | ").append(each.get(guardrail)));
        }
        LOG.log(Logger.Level.INFO, matrix.toString());
        LOG.log(Logger.Level.INFO, guardrails.toString());
        assertThat(gateway.first.connections() + gateway.second.connections())
                .as("connections to providers")
                .isZero();
    }

    private String cell(Dialect dialect, RuleKind kind, PolicyRule rule) throws IOException {
        if (rule == null) {
            assertThat(
                            kind.asksWhereto()
                                    || kind == RuleKind.LEAST_CLASSIFICATION
                                    || kind == RuleKind.KEEP_CONTENT
                                    || kind == RuleKind.ALLOWED_SHADOWS
                                    || kind == RuleKind.GUARDRAILS)
                    .as(kind.id() + " has a row here, or is ResidencyIT's, or refuses nothing")
                    .isTrue();
            return switch (kind) {
                case GUARDRAILS -> "below";
                case KEEP_CONTENT -> "KeepingIT";
                case LEAST_CLASSIFICATION -> "raises a label";
                default -> "ResidencyIT";
            };
        }
        String body = body(dialect.operation(), kind);
        if (body.isEmpty()) {
            return "has none";
        }
        gateway.rules(List.of(rule), List.of());
        Answer answer = send(dialect, body);
        assertThat(answer.status())
                .as(dialect.path() + " under " + kind.id() + ": " + answer.body())
                .isEqualTo(403);
        assertThat(answer.body()).contains("The rule " + kind.id() + " of the site");
        return "403";
    }

    private Answer send(Dialect dialect, String body) throws IOException {
        return Answer.to(
                gateway, Answer.post(gateway, dialect.path(), "connection: close\r\n", body));
    }

    /** A request that the rule must refuse; empty where the operation has nothing of the kind. */
    private static String body(Operation operation, RuleKind kind) {
        boolean chats =
                switch (operation) {
                    case CHAT_COMPLETIONS, MESSAGES, RESPONSES -> true;
                    case COMPLETIONS,
                            EMBEDDINGS,
                            MODERATIONS,
                            TRANSCRIPTIONS,
                            SPEECH,
                            IMAGES,
                            RERANK,
                            COUNT_TOKENS ->
                            false;
                };
        return switch (kind) {
            case ALLOWED_TOOLS, DENIED_TOOLS, NO_IMAGES ->
                    chats || operation == Operation.COUNT_TOKENS ? RequestBodies.of(operation) : "";
            case MAX_OUTPUT_TOKENS ->
                    chats || operation == Operation.COMPLETIONS ? RequestBodies.of(operation) : "";
            default -> RequestBodies.of(operation);
        };
    }

    private static Map<RuleKind, PolicyRule> refusing(Dialect dialect) {
        var rules = new EnumMap<RuleKind, PolicyRule>(RuleKind.class);
        for (RuleKind kind : RuleKind.values()) {
            rule(kind, dialect).ifPresent(rule -> rules.put(kind, rule));
        }
        return rules;
    }

    private static Optional<PolicyRule> rule(RuleKind kind, Dialect dialect) {
        return switch (kind) {
            case NETWORKS -> Optional.of(document("192.0.2.0/24"));
            case HOURS ->
                    Optional.of(
                            PolicyDocuments.rules(hours(new HoursDocument("UTC", List.of())))
                                    .getFirst());
            case ALLOWED_OPERATIONS, ALLOWED_MODELS, ALLOWED_TOOLS ->
                    Optional.of(new PolicyRule.Names(kind, Set.of()));
            case DENIED_OPERATIONS ->
                    Optional.of(new PolicyRule.Names(kind, Set.of(dialect.operation().wire())));
            case DENIED_MODELS -> Optional.of(new PolicyRule.Names(kind, Set.of("m")));
            case DENIED_TOOLS -> Optional.of(new PolicyRule.Names(kind, Set.of("shell")));
            case MAX_CLASSIFICATION ->
                    Optional.of(new PolicyRule.MaxClassification(Classification.CONFIDENTIAL));
            case NO_IMAGES -> Optional.of(new PolicyRule.Without(kind));
            case MAX_REQUEST_BYTES, MAX_INPUT_TOKENS, MAX_OUTPUT_TOKENS, MAX_TOTAL_TOKENS ->
                    Optional.of(new PolicyRule.Limit(kind, 1));
            case LEAST_CLASSIFICATION,
                    GUARDRAILS,
                    ALLOWED_PROVIDERS,
                    DENIED_PROVIDERS,
                    ALLOWED_JURISDICTIONS,
                    CLASSIFIED_JURISDICTIONS,
                    ALLOWED_REGIONS,
                    NO_TRAINING,
                    MAX_RETENTION,
                    KEEP_CONTENT,
                    ALLOWED_SHADOWS ->
                    Optional.empty();
        };
    }

    private static PolicyRule document(String network) {
        return PolicyDocuments.rules(policy(null, List.of(network))).getFirst();
    }

    private static PolicyDocument hours(HoursDocument hours) {
        return policy(hours, null);
    }

    private static PolicyDocument policy(HoursDocument hours, List<String> networks) {
        return new PolicyDocument(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, hours, networks, null, null, null);
    }
}
