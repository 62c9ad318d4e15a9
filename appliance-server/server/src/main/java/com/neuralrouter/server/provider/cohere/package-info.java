/**
 * The wire format of Cohere's API, version 2. Start with {@link
 * com.neuralrouter.server.provider.cohere.CohereAdapter}; only {@code bootstrap} names it (rule
 * R7).
 */
@NullMarked
package com.neuralrouter.server.provider.cohere;

import org.jspecify.annotations.NullMarked;
