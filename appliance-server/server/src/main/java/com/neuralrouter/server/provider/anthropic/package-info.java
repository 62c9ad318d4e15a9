/**
 * Anthropic's Messages API. Start with {@link
 * com.neuralrouter.server.provider.anthropic.AnthropicAdapter}; only {@code bootstrap} names it
 * (rule R7).
 */
@NullMarked
package com.neuralrouter.server.provider.anthropic;

import org.jspecify.annotations.NullMarked;
