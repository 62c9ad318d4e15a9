package com.neuralrouter.server.inference;

import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.guardrail.GuardedExchange;
import com.neuralrouter.server.guardrail.Guardrails;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.snapshot.WorkspaceView;

/**
 * Puts a request under the guardrails that its permit names: what it says is looked at before
 * anything is planned, and guard models are asked once it is recorded. Safe for all threads.
 */
public final class Guarding {
    private final Guardrails guardrails;
    private final GuardModelCalls models;

    public Guarding(Guardrails guardrails, GuardModelCalls models) {
        this.guardrails = guardrails;
        this.models = models;
    }

    /**
     * What goes on: what was asked, or what the guardrails made of it. Throws {@link
     * com.neuralrouter.server.dialect.InferenceRefused} if one of them bars it.
     */
    InferenceRequest looksAt(
            Dialect dialect, InferenceRequest asked, Permit permit, Exchange exchange) {
        GuardedExchange guarded =
                guardrails.begin(permit.guardrails(), dialect.operation(), exchange.id());
        if (guarded == null) {
            return asked;
        }
        exchange.guardedBy(guarded);
        return guarded.request(dialect, asked);
    }

    /**
     * Asks the guard models, if there are any. Throws {@link
     * com.neuralrouter.server.dialect.InferenceRefused} if one bars the request, or can't be asked.
     */
    void judges(
            Permit permit,
            WorkspaceView workspace,
            GuardModelCalls.Facts questions,
            Exchange exchange) {
        GuardedExchange guarded = exchange.guarded();
        if (guarded != null) {
            guarded.judged(models.under(permit, workspace, questions, exchange));
        }
    }
}
