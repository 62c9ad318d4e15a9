/**
 * Upstream services: what they are, and one adapter for each wire format they speak. All outbound
 * HTTP of the inference plane is here (rule R6).
 *
 * <p>Start with {@link com.neuralrouter.server.provider.ProviderAdapter}.
 */
@NullMarked
package com.neuralrouter.server.provider;

import org.jspecify.annotations.NullMarked;
