/**
 * Why a request went where it went, and where one would go that nobody has made.
 *
 * <p>Start with {@link com.neuralrouter.server.explain.Explainer}.
 */
@NullMarked
package com.neuralrouter.server.explain;

import org.jspecify.annotations.NullMarked;
