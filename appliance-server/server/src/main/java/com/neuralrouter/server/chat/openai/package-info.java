/**
 * OpenAI's chat completions, both ways round: requests read and written, answers read and written
 * (OpenAI API reference, "Chat"). What servers that follow it add or leave out is taken where it is
 * common: vLLM, llama.cpp, Ollama, TGI, Mistral, DeepSeek.
 */
@NullMarked
package com.neuralrouter.server.chat.openai;

import org.jspecify.annotations.NullMarked;
