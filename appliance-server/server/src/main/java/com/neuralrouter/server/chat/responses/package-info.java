/**
 * OpenAI's Responses as apps speak it: requests read, answers written (OpenAI API reference,
 * "Responses"). Nothing is stored: what refers to an earlier answer can't be translated.
 */
@NullMarked
package com.neuralrouter.server.chat.responses;

import org.jspecify.annotations.NullMarked;
