package com.neuralrouter.server.policy;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One rule of a policy. A rule only ever narrows what a request may do, and {@link #meet} of two of
 * a kind permits what both permit; it is associative, commutative and idempotent, which is what
 * makes policies a lattice.
 */
public sealed interface PolicyRule {

    RuleKind kind();

    /** Its name in denials, in the audit trail and in a policy's document. */
    default String id() {
        return kind().id();
    }

    /** The rule that permits what both permit; the other one is of the same kind. */
    PolicyRule meet(PolicyRule other);

    /**
     * Names that are allowed, denied, or demanded; which, the kind says.
     *
     * @param kind one that has names
     */
    record Names(RuleKind kind, Set<String> names) implements PolicyRule {
        public Names {
            names = Set.copyOf(names);
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            var both = new HashSet<>(names);
            Set<String> others = ((Names) other).names;
            switch (kind) {
                case ALLOWED_MODELS,
                        ALLOWED_PROVIDERS,
                        ALLOWED_OPERATIONS,
                        ALLOWED_TOOLS,
                        ALLOWED_REGIONS,
                        ALLOWED_SHADOWS ->
                        both.retainAll(others);
                default -> both.addAll(others);
            }
            return new Names(kind, both);
        }
    }

    /** A number that may not be exceeded. */
    record Limit(RuleKind kind, long most) implements PolicyRule {
        public Limit {
            if (most < 1) {
                throw new IllegalArgumentException(kind.id() + " " + most + " is below 1");
            }
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            return most <= ((Limit) other).most ? this : other;
        }
    }

    /** Something that is not to be: images, training. */
    record Without(RuleKind kind) implements PolicyRule {
        @Override
        public PolicyRule meet(PolicyRule other) {
            return this;
        }
    }

    /** Content is kept no longer, neither here nor at the provider. */
    record MaxRetention(Retention most) implements PolicyRule {
        @Override
        public RuleKind kind() {
            return RuleKind.MAX_RETENTION;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            return new MaxRetention(most.atMost(((MaxRetention) other).most));
        }
    }

    /** The appliance keeps content, and no longer than this. Without it, not at all. */
    record KeepContent(Retention most) implements PolicyRule {
        @Override
        public RuleKind kind() {
            return RuleKind.KEEP_CONTENT;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            return new KeepContent(most.atMost(((KeepContent) other).most));
        }
    }

    /** Data with a higher label is refused. */
    record MaxClassification(Classification most) implements PolicyRule {
        @Override
        public RuleKind kind() {
            return RuleKind.MAX_CLASSIFICATION;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            return new MaxClassification(most.atMost(((MaxClassification) other).most));
        }
    }

    /** Data counts as having this label at the least, whatever the request says. */
    record LeastClassification(Classification least) implements PolicyRule {
        @Override
        public RuleKind kind() {
            return RuleKind.LEAST_CLASSIFICATION;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            return new LeastClassification(least.atLeast(((LeastClassification) other).least));
        }
    }

    /**
     * A request goes nowhere else.
     *
     * @param reach countries, and the premises, which are always in it
     */
    record AllowedJurisdictions(Set<String> reach) implements PolicyRule {
        public AllowedJurisdictions {
            reach = Set.copyOf(reach);
        }

        /** By the names that a document has. */
        public static AllowedJurisdictions of(Set<String> names) {
            return new AllowedJurisdictions(Jurisdictions.reach(names));
        }

        @Override
        public RuleKind kind() {
            return RuleKind.ALLOWED_JURISDICTIONS;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            return new AllowedJurisdictions(common(reach, ((AllowedJurisdictions) other).reach));
        }
    }

    /**
     * Data with a label goes nowhere else.
     *
     * @param reach for each label that has one; a higher label reaches no further than a lower one
     */
    record ClassifiedJurisdictions(Map<Classification, Set<String>> reach) implements PolicyRule {
        public ClassifiedJurisdictions {
            reach = Map.copyOf(reach);
        }

        /** A label that has no names of its own has those of the labels below it. */
        public static ClassifiedJurisdictions of(Map<Classification, Set<String>> names) {
            var reach = new EnumMap<Classification, Set<String>>(Classification.class);
            Set<String> below = null;
            for (Classification label : Classification.values()) {
                Set<String> own = names.get(label);
                if (own != null) {
                    Set<String> itsReach = Jurisdictions.reach(own);
                    below = below == null ? itsReach : common(below, itsReach);
                }
                if (below != null) {
                    reach.put(label, below);
                }
            }
            return new ClassifiedJurisdictions(reach);
        }

        @Override
        public RuleKind kind() {
            return RuleKind.CLASSIFIED_JURISDICTIONS;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            var both = new EnumMap<Classification, Set<String>>(reach);
            ((ClassifiedJurisdictions) other)
                    .reach.forEach((label, its) -> both.merge(label, its, PolicyRule::common));
            return new ClassifiedJurisdictions(both);
        }
    }

    /** A request is refused outside of any of the schedules. */
    record Hours(Set<Schedule> schedules) implements PolicyRule {
        public Hours {
            schedules = Set.copyOf(schedules);
        }

        @Override
        public RuleKind kind() {
            return RuleKind.HOURS;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            var both = new HashSet<>(schedules);
            both.addAll(((Hours) other).schedules);
            return new Hours(both);
        }
    }

    /**
     * A request from elsewhere is refused.
     *
     * @param networks none is in another one
     */
    record Networks(Set<Network> networks) implements PolicyRule {
        public Networks {
            networks = outermost(networks);
        }

        @Override
        public RuleKind kind() {
            return RuleKind.NETWORKS;
        }

        @Override
        public PolicyRule meet(PolicyRule other) {
            var both = new HashSet<Network>();
            for (Network one : networks) {
                for (Network another : ((Networks) other).networks) {
                    if (one.contains(another)) {
                        both.add(another);
                    } else if (another.contains(one)) {
                        both.add(one);
                    }
                }
            }
            return new Networks(both);
        }

        private static Set<Network> outermost(Set<Network> all) {
            return all.stream()
                    .filter(one ->
                            all.stream()
                                    .noneMatch(other -> !other.equals(one) && other.contains(one)))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return Set.copyOf(both);
    }
}
