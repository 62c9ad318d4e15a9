/**
 * The built-in provider for the acceptance of an installation without a model. Start with {@link
 * com.neuralrouter.server.provider.loopback.LoopbackAdapter}; only {@code bootstrap} names it (rule
 * R7).
 */
@NullMarked
package com.neuralrouter.server.provider.loopback;

import org.jspecify.annotations.NullMarked;
