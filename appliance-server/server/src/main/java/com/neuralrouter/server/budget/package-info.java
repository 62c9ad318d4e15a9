/**
 * What may be spent in a day, a week, a month or in total, of money and of tokens: reserved before
 * a request goes anywhere, settled when it has ended. What is spent is what the request records
 * say; the numbers in memory begin with them and are held against them while the appliance runs.
 *
 * <p>Start with {@link com.neuralrouter.server.budget.Account}.
 */
@NullMarked
package com.neuralrouter.server.budget;

import org.jspecify.annotations.NullMarked;
