/**
 * Runs the guardrails that a policy names, on what is sent to a provider and on what comes back: it
 * refuses, masks, or puts placeholders in and takes them out again. Read first: {@link
 * com.neuralrouter.server.guardrail.GuardedExchange}. It decides nothing by itself and keeps
 * nothing: what was found lives as long as the request, and is shown nowhere.
 */
@NullMarked
package com.neuralrouter.server.guardrail;

import org.jspecify.annotations.NullMarked;
