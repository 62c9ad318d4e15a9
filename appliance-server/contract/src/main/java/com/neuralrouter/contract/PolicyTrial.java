package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What a policy would do if it were put in force now. Nothing is changed by asking.
 *
 * @param differences what it would change, rule by rule, in English; empty if it is in force
 *     already
 * @param tests what came of the tests of all policies that it would stand with
 * @param simulation what it would have decided
 * @param fields the differences with their values; empty from an appliance that does not tell them
 *     so
 */
public record PolicyTrial(
        List<String> differences,
        List<TestResult> tests,
        Simulation simulation,
        List<ChangedField> fields) {

    public PolicyTrial {
        differences = List.copyOf(differences);
        tests = List.copyOf(tests);
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** In both forms. */
    public static PolicyTrial of(
            List<ChangedField> fields, List<TestResult> tests, Simulation simulation) {
        return new PolicyTrial(
                fields.stream().map(ChangedField::words).toList(), tests, simulation, fields);
    }

    /**
     * A policy's own test.
     *
     * @param policy whose test it is: site, or a workspace's name
     * @param verdict what was decided, in words, in English
     * @param decision the same as one of a few; absent from an appliance that does not tell it so
     * @param rule the rule that decided; absent where none refused
     */
    public record TestResult(
            String policy,
            String name,
            boolean passed,
            String verdict,
            @Nullable Decision decision,
            @Nullable String rule) {}

    /** What policies decide about a request. */
    public enum Decision {
        PERMITTED,
        REFUSED,
        /** It is permitted, and not at the provider in question. */
        NOT_THERE
    }

    /**
     * What it would have decided about requests of the past, by what is recorded of them.
     *
     * @param since the first moment looked at
     * @param requests how many were looked at
     * @param complete whether these are all since then; false if there were too many to look at
     * @param effects by workspace and model, where something would have been different
     * @param notSimulated the rules that ask for what is not recorded, so that nothing is said of
     *     them
     */
    public record Simulation(
            Instant since,
            long requests,
            boolean complete,
            List<Effect> effects,
            List<String> notSimulated) {
        public Simulation {
            effects = List.copyOf(effects);
            notSimulated = List.copyOf(notSimulated);
        }
    }

    /**
     * What would have been different for the requests of one workspace for one model.
     *
     * @param requests how many there were
     * @param refused how many that were let through would have been refused
     * @param elsewhere how many could not have gone to the provider that served them
     * @param permitted how many that a policy refused would have been let through
     * @param examples some of them
     */
    public record Effect(
            String workspace,
            String model,
            long requests,
            long refused,
            long elsewhere,
            long permitted,
            List<Example> examples) {
        public Effect {
            examples = List.copyOf(examples);
        }
    }

    /**
     * One request.
     *
     * @param what would have been different, in English
     * @param rule the rule that makes the difference; absent where it is that none refuses
     * @param decision what would have been decided; absent from an appliance that does not tell it
     */
    public record Example(
            RequestId request,
            Instant at,
            String what,
            @Nullable String rule,
            @Nullable Decision decision) {}
}
