/**
 * Anthropic's Messages, both ways round: requests read and written, answers read and written
 * (Anthropic API reference, "Messages").
 */
@NullMarked
package com.neuralrouter.server.chat.anthropic;

import org.jspecify.annotations.NullMarked;
