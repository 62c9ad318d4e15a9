/**
 * What a policy would do before it is in force: its own tests, and its decisions about the requests
 * of the past. Changes nothing.
 *
 * <p>Start with {@link com.neuralrouter.server.trial.PolicyTrials}.
 */
@NullMarked
package com.neuralrouter.server.trial;

import org.jspecify.annotations.NullMarked;
