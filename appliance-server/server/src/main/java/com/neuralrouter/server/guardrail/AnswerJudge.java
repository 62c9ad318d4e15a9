package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.guardrail.GuardModels.Verdict;
import com.neuralrouter.server.policy.GuardrailAction;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;

/** Judges texts as a whole: by a schema, and by asking models. Used by the request's thread. */
final class AnswerJudge {
    private final @Nullable AnswerSchema schema;
    private final List<GuardModel> models;
    private final @Nullable GuardModels asked;
    private final Tally tally;

    /**
     * @param asked null if there is nobody who could ask
     */
    AnswerJudge(
            @Nullable AnswerSchema schema,
            List<GuardModel> models,
            @Nullable GuardModels asked,
            Tally tally) {
        this.schema = schema;
        this.models = List.copyOf(models);
        this.asked = asked;
        this.tally = tally;
    }

    /** Whether there is anything to judge. */
    boolean judges() {
        return schema != null || !models.isEmpty();
    }

    /**
     * Throws {@link GuardrailRefusal}.
     *
     * @param said each text that the model wrote for its user
     * @param all everything that it wrote
     */
    void judge(Collection<String> said, String all) {
        if (schema != null) {
            for (String text : said) {
                if (!text.isBlank()) {
                    demandFits(schema, text);
                }
            }
        }
        for (GuardModel model : models) {
            ask(model, all);
        }
    }

    private void demandFits(AnswerSchema its, String text) {
        try {
            its.demandFits(text);
        } catch (GuardrailRefusal refusal) {
            tally.acted(GuardrailPlan.SCHEMA, GuardrailAction.BLOCK);
            throw refusal;
        }
    }

    private void ask(GuardModel model, String text) {
        if (text.isBlank()) {
            return;
        }
        Verdict verdict = asked == null ? Verdict.NONE : asked.ask(model, text);
        switch (verdict) {
            case SAFE -> {}
            case UNSAFE -> {
                tally.acted(model.name(), GuardrailAction.BLOCK);
                throw new GuardrailRefusal(model.name(), "holds the content for unsafe.");
            }
            case NONE -> {
                tally.acted(model.name(), GuardrailAction.BLOCK);
                throw new GuardrailRefusal(
                        model.name(), "could not be asked, or did not answer in time.");
            }
        }
    }
}
