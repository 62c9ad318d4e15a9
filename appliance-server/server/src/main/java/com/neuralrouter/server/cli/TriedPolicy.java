package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.TryPolicy;

import java.util.stream.Collectors;

/** Tries a policy and shows what came of it. Owned by its command. */
final class TriedPolicy {
    private final Terminal terminal;
    private final PolicyTrial trial;

    private TriedPolicy(Terminal terminal, PolicyTrial trial) {
        this.terminal = terminal;
        this.trial = trial;
    }

    /** Throws {@link CommandFailed} for a policy that can't be one. */
    static TriedPolicy of(AdminClient client, Terminal terminal, TryPolicy wanted) {
        try {
            return new TriedPolicy(
                    terminal, client.post(AdminApi.POLICIES_TRY, wanted, PolicyTrial.class));
        } catch (AdminClient.Refused refused) {
            throw new CommandFailed(sentences(refused.problem()));
        }
    }

    void printDifferences() {
        if (trial.differences().isEmpty()) {
            terminal.print("This policy is in force already.");
        }
        trial.differences().forEach(difference -> terminal.print("change   " + difference));
    }

    void printTests() {
        trial.tests().forEach(this::print);
    }

    void printSimulation() {
        print(trial.simulation());
    }

    int tests() {
        return trial.tests().size();
    }

    /** What the command ends with: whether every test passes. */
    int exitCode() {
        return trial.tests().stream().allMatch(TestResult::passed) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String sentences(Problem problem) {
        return problem.fieldErrors().isEmpty()
                ? problem.detail()
                : problem.fieldErrors().stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
    }

    private void print(TestResult test) {
        terminal.print(
                "test     %s  %s / %s: %s"
                        .formatted(
                                test.passed() ? "passes" : "FAILS ",
                                test.policy(),
                                test.name(),
                                test.verdict()));
    }

    private void print(Simulation simulation) {
        terminal.print(
                "replay   %,d requests since %s%s"
                        .formatted(
                                simulation.requests(),
                                simulation.since(),
                                simulation.complete() ? "" : " (the newest only)"));
        for (Effect effect : simulation.effects()) {
            terminal.print(
                    ("         %s, %s: of %,d requests %,d would be refused, %,d could not go where"
                                    + " they went, %,d would be let through")
                            .formatted(
                                    effect.workspace(),
                                    effect.model(),
                                    effect.requests(),
                                    effect.refused(),
                                    effect.elsewhere(),
                                    effect.permitted()));
            effect.examples().forEach(this::print);
        }
        if (!simulation.notSimulated().isEmpty()) {
            terminal.print(
                    "         not replayed, because requests' records don't have it: "
                            + String.join(", ", simulation.notSimulated()));
        }
    }

    private void print(Example example) {
        terminal.print(
                "           %s  %s: %s%s"
                        .formatted(
                                example.at(),
                                example.request(),
                                example.what(),
                                example.rule() == null ? "" : " (" + example.rule() + ")"));
    }
}
