/**
 * The screen of limits and budgets: how much of each is used at the moment, the fullest first.
 *
 * <p>Read {@link com.neuralrouter.desktop.limits.LimitsViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.limits;

import org.jspecify.annotations.NullMarked;
