/**
 * Decides what a request may do: a pure function of the rules and of facts about the request,
 * without I/O.
 *
 * <p>Start with {@link com.neuralrouter.server.policy.Policy}.
 */
@NullMarked
package com.neuralrouter.server.policy;

import org.jspecify.annotations.NullMarked;
