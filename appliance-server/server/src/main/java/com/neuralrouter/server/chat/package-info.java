/**
 * A chat in no provider's words: what OpenAI's, Anthropic's and every other chat format have in
 * common. A request becomes a {@link com.neuralrouter.server.chat.Conversation}, an answer a
 * sequence of {@link com.neuralrouter.server.chat.ReplyEvent}s. Only translated requests take this
 * way; a request to a provider that speaks the app's own format is passed on as it came.
 *
 * <p>Start with {@link com.neuralrouter.server.chat.Conversation}. Everything here is content: its
 * {@code toString} shows none of it, and nothing here logs.
 */
@NullMarked
package com.neuralrouter.server.chat;

import org.jspecify.annotations.NullMarked;
