/**
 * Where a request may go, in which order, and how upstreams have been doing.
 *
 * <p>Start with {@link com.neuralrouter.server.route.Route}.
 */
@NullMarked
package com.neuralrouter.server.route;

import org.jspecify.annotations.NullMarked;
