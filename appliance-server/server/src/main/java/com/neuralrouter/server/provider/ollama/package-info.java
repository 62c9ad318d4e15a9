/**
 * Ollama's own wire format. Start with {@link
 * com.neuralrouter.server.provider.ollama.OllamaAdapter}; only {@code bootstrap} names it (rule
 * R7).
 */
@NullMarked
package com.neuralrouter.server.provider.ollama;

import org.jspecify.annotations.NullMarked;
