package com.neuralrouter.server.listener;

import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;

import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * A listener as one of its connections knows it: what HTTP refuses is answered as the path wants it
 * that is asked for there. Helidon does not always tell its handlers which one that is.
 */
final class PathContext implements ListenerContext {
    private final ListenerContext listener;
    private final Supplier<DirectHandlers> answers;

    PathContext(ListenerContext listener, Supplier<DirectHandlers> answers) {
        this.listener = listener;
        this.answers = answers;
    }

    @Override
    public DirectHandlers directHandlers() {
        return answers.get();
    }

    @Override
    public Context context() {
        return listener.context();
    }

    @Override
    public MediaContext mediaContext() {
        return listener.mediaContext();
    }

    @Override
    public ContentEncodingContext contentEncodingContext() {
        return listener.contentEncodingContext();
    }

    @Override
    public ListenerConfig config() {
        return listener.config();
    }

    @Override
    public ExecutorService executor() {
        return listener.executor();
    }
}
