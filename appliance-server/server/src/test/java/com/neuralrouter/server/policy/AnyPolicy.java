package com.neuralrouter.server.policy;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.PolicyFacts.Size;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Draws policies of every kind of rule, requests and destinations, so few that they often meet. */
record AnyPolicy(SplittableRandom random) {
    static final List<String> MODELS = List.of("small", "large", "other");
    static final List<String> PROVIDERS = List.of("here", "there", "abroad");
    static final List<String> REGIONS = List.of("eu-1", "us-1");
    static final List<String> TOOLS = List.of("search", "shell");
    static final List<String> PLACES = List.of("on-prem", "DE", "FR", "US", "CH", "EU", "EEA");
    private static final List<String> NETWORKS =
            List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "0.0.0.0/0", "fd00::/8", "::/0");
    private static final List<String> ADDRESSES =
            List.of("10.1.2.3", "10.1.9.9", "10.9.9.9", "192.0.2.1", "fd00::1", "2001:db8::1");

    /** A policy in which each kind of rule is there or not. */
    Policy policy() {
        Level level = Level.values()[random.nextInt(Level.values().length)];
        var rules = new ArrayList<PolicyRule>();
        int chance = random.nextInt(1, 60);
        for (RuleKind kind : RuleKind.values()) {
            if (random.nextInt(chance) == 0) {
                rules.add(rule(kind));
            }
        }
        return new Policy(level, rules);
    }

    PolicyRule rule(RuleKind kind) {
        return switch (kind) {
            case ALLOWED_MODELS, DENIED_MODELS -> new PolicyRule.Names(kind, some(MODELS));
            case ALLOWED_PROVIDERS, DENIED_PROVIDERS, ALLOWED_SHADOWS ->
                    new PolicyRule.Names(kind, some(PROVIDERS));
            case ALLOWED_OPERATIONS, DENIED_OPERATIONS ->
                    new PolicyRule.Names(
                            kind, some(List.of("chat_completions", "embeddings", "messages")));
            case ALLOWED_TOOLS, DENIED_TOOLS, GUARDRAILS -> new PolicyRule.Names(kind, some(TOOLS));
            case ALLOWED_REGIONS -> new PolicyRule.Names(kind, some(REGIONS));
            case MAX_REQUEST_BYTES, MAX_INPUT_TOKENS, MAX_OUTPUT_TOKENS, MAX_TOTAL_TOKENS ->
                    new PolicyRule.Limit(kind, random.nextInt(1, 200));
            case NO_TRAINING, NO_IMAGES -> new PolicyRule.Without(kind);
            case KEEP_CONTENT -> new PolicyRule.KeepContent(retention());
            case MAX_RETENTION -> new PolicyRule.MaxRetention(retention());
            case MAX_CLASSIFICATION -> new PolicyRule.MaxClassification(label());
            case LEAST_CLASSIFICATION -> new PolicyRule.LeastClassification(label());
            case ALLOWED_JURISDICTIONS -> PolicyRule.AllowedJurisdictions.of(some(PLACES));
            case CLASSIFIED_JURISDICTIONS -> {
                var names = new EnumMap<Classification, Set<String>>(Classification.class);
                names.put(label(), some(PLACES));
                names.put(label(), some(PLACES));
                yield PolicyRule.ClassifiedJurisdictions.of(names);
            }
            case HOURS -> new PolicyRule.Hours(Set.of(schedule(), schedule()));
            case NETWORKS ->
                    new PolicyRule.Networks(
                            some(NETWORKS).stream().map(Network::of).collect(Collectors.toSet()));
        };
    }

    private Schedule schedule() {
        int from = random.nextInt(0, 1000);
        return new Schedule(
                ZoneId.of(random.nextBoolean() ? "Europe/Berlin" : "America/New_York"),
                Set.of(
                        new Schedule.Window(random.nextInt(1, 128), from, from + 300),
                        new Schedule.Window(127, 0, random.nextInt(1, 1440))));
    }

    PolicyFacts facts() {
        return new PolicyFacts(
                one(List.of(Operation.CHAT_COMPLETIONS, Operation.EMBEDDINGS, Operation.MESSAGES)),
                one(MODELS),
                new Size(
                        random.nextInt(300),
                        random.nextBoolean() ? PolicyFacts.NOT_COUNTED : random.nextInt(200),
                        random.nextInt(-1, 200)),
                List.copyOf(some(TOOLS)),
                random.nextBoolean(),
                label(),
                origin());
    }

    private Origin origin() {
        return random.nextInt(10) == 0
                ? Origin.UNKNOWN
                : new Origin(
                        InetAddress.ofLiteral(one(ADDRESSES)),
                        random.nextLong(0, 4_000_000_000_000L));
    }

    Destination destination() {
        return Destination.of(
                one(PROVIDERS),
                random.nextInt(5) == 0 ? null : one(PLACES),
                random.nextInt(5) == 0 ? null : one(REGIONS),
                random.nextInt(3) == 0 ? null : Boolean.valueOf(random.nextBoolean()),
                random.nextInt(3) == 0 ? null : retention());
    }

    private Retention retention() {
        return new Retention(random.nextInt(5));
    }

    private Classification label() {
        return one(List.of(Classification.values()));
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Set<String> some(List<String> all) {
        return all.stream().filter(_ -> random.nextInt(3) > 0).collect(Collectors.toSet());
    }
}
