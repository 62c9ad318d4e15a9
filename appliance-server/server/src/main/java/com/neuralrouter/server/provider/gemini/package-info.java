/**
 * The wire format of Google's Gemini API. Start with {@link
 * com.neuralrouter.server.provider.gemini.GeminiAdapter}; only {@code bootstrap} names it (rule
 * R7).
 */
@NullMarked
package com.neuralrouter.server.provider.gemini;

import org.jspecify.annotations.NullMarked;
