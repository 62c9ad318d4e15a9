/**
 * The state of the site as the inference plane sees it: immutable, published whole after each
 * committed change.
 *
 * <p>Start with {@link com.neuralrouter.server.snapshot.GatewaySnapshot}.
 */
@NullMarked
package com.neuralrouter.server.snapshot;

import org.jspecify.annotations.NullMarked;
