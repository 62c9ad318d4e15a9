package com.neuralrouter.server.budget;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.server.limit.Subject;

import java.time.Instant;
import java.util.UUID;

/** A row of the table {@code budget}. */
public record StoredBudget(UUID id, Subject subject, BudgetDocument document, Instant made) {}
