/**
 * The conditions by which a route's upstreams are chosen: a subset of the Common Expression
 * Language, compiled once, whose evaluation can neither fail nor loop.
 *
 * <p>Start with {@link com.neuralrouter.server.route.condition.Condition}.
 */
@NullMarked
package com.neuralrouter.server.route.condition;

import org.jspecify.annotations.NullMarked;
