/**
 * OpenAI's wire format, which most model servers speak. Start with {@link
 * com.neuralrouter.server.provider.openai.OpenAiAdapter}; only {@code bootstrap} names it (rule
 * R7).
 */
@NullMarked
package com.neuralrouter.server.provider.openai;

import org.jspecify.annotations.NullMarked;
