package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Decision;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.desktop.i18n.FieldText;
import com.neuralrouter.desktop.ui.Differences;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.Locale;
import java.util.stream.Collectors;

/** What came of a trial: what would be different, the policies' own tests, and the last weeks. */
final class TrialPane extends VBox {
    private static final double GAP = 10;
    private static final int MOST_EXAMPLES = 3;

    private final ViewContext context;

    TrialPane(ViewContext context) {
        super(GAP);
        this.context = context;
        setId("policies.trial.result");
    }

    void show(PolicyTrial trial) {
        getChildren()
                .setAll(
                        Texts.caption(text("trial.differences")),
                        new Differences(
                                FieldText.lines(
                                        trial.fields(), trial.differences(), context.messages()),
                                text("trial.differences.none")),
                        Texts.caption(text("trial.tests")));
        if (trial.tests().isEmpty()) {
            getChildren().add(Texts.muted(text("trial.tests.none")));
        }
        trial.tests().forEach(test -> getChildren().add(test(test)));
        getChildren().add(Texts.caption(text("trial.simulation")));
        show(trial.simulation());
    }

    private void show(Simulation simulation) {
        getChildren()
                .add(
                        Texts.body(
                                text(
                                        simulation.complete()
                                                ? "trial.simulation.all"
                                                : "trial.simulation.newest",
                                        context.formats().number(simulation.requests()),
                                        context.formats().date(simulation.since()))));
        if (simulation.effects().isEmpty()) {
            getChildren().add(Texts.muted(text("trial.simulation.none")));
        }
        simulation.effects().forEach(effect -> getChildren().add(effect(effect)));
        if (!simulation.notSimulated().isEmpty()) {
            getChildren()
                    .add(
                            Texts.muted(
                                    text(
                                            "trial.simulation.not",
                                            simulation.notSimulated().stream()
                                                    .map(this::rule)
                                                    .collect(Collectors.joining(", ")))));
        }
    }

    private Node test(TestResult test) {
        var line =
                line(
                        text("trial.test", test.policy(), test.name()),
                        new StatusPill(
                                test.passed() ? Tone.SUCCESS : Tone.DANGER,
                                text(test.passed() ? "trial.test.passed" : "trial.test.failed")));
        return test.passed() ? line : new VBox(2, line, Texts.muted(verdict(test)));
    }

    private Node effect(Effect effect) {
        var formats = context.formats();
        var card =
                new VBox(
                        4,
                        line(
                                text("trial.effect", effect.workspace(), effect.model()),
                                Texts.muted(
                                        text(
                                                "trial.effect.requests",
                                                formats.number(effect.requests())))));
        card.getStyleClass().addAll("card", "upstream");
        add(card, "trial.effect.refused", effect.refused());
        add(card, "trial.effect.elsewhere", effect.elsewhere());
        add(card, "trial.effect.permitted", effect.permitted());
        effect.examples().stream()
                .limit(MOST_EXAMPLES)
                .forEach(example -> card.getChildren().add(example(example)));
        return card;
    }

    private void add(VBox card, String key, long count) {
        if (count > 0) {
            card.getChildren().add(Texts.body(text(key, context.formats().number(count))));
        }
    }

    private Node example(Example example) {
        var rule = example.rule();
        return Texts.muted(
                text(
                        rule == null ? "trial.example" : "trial.example.rule",
                        context.formats().moment(example.at()),
                        what(example),
                        rule == null ? "" : rule(rule),
                        example.request().toString()));
    }

    /** What came of a test; in the appliance's words where an older one tells no more. */
    private String verdict(TestResult test) {
        var decision = test.decision();
        if (decision == null) {
            return test.verdict();
        }
        var rule = test.rule();
        return text("trial.verdict." + lower(decision), rule == null ? "" : rule(rule));
    }

    private String what(Example example) {
        var decision = example.decision();
        return decision == null ? example.what() : text("trial.decision." + lower(decision));
    }

    private static String lower(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }

    private String rule(String rule) {
        return FieldText.name(rule, context.messages());
    }

    private static HBox line(String words, Node right) {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var line = new HBox(8, Texts.body(words), gap, right);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private String text(String key, Object... values) {
        return context.text("policies." + key, values);
    }
}
