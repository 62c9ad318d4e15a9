package com.neuralrouter.server.inference;

/** A stream must not go on: there is nothing left of a budget. Caught by the relay. */
final class BudgetReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param sentence for the app
     */
    BudgetReached(String sentence) {
        super(sentence, null, false, false);
    }
}
