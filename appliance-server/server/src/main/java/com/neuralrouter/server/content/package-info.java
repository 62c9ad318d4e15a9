/**
 * Content of requests and answers: the type it travels in, and what is kept of it where a workspace
 * wants that. Read {@link com.neuralrouter.server.content.Content} first. Must never show content
 * in a log, an exception, the audit log or a {@code toString}.
 */
@NullMarked
package com.neuralrouter.server.content;

import org.jspecify.annotations.NullMarked;
