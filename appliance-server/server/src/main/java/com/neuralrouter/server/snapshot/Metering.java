package com.neuralrouter.server.snapshot;

import com.neuralrouter.server.budget.BudgetBook;
import com.neuralrouter.server.budget.BudgetStore;
import com.neuralrouter.server.limit.LimitBook;
import com.neuralrouter.server.limit.LimitStore;

/** Where limits and budgets are read from, and where it is kept how much of them is used. */
public record Metering(
        LimitStore limits, LimitBook limitBook, BudgetStore budgets, BudgetBook budgetBook) {

    /** Nothing is used yet. */
    public static Metering start() {
        return new Metering(
                new LimitStore(),
                new LimitBook(System::nanoTime),
                new BudgetStore(),
                new BudgetBook());
    }
}
