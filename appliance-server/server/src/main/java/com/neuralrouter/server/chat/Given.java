package com.neuralrouter.server.chat;

import java.math.BigDecimal;

/**
 * A number that the app gave.
 *
 * @param field what the app calls it, as in {@code max_completion_tokens}
 */
public record Given(String field, BigDecimal value) {}
