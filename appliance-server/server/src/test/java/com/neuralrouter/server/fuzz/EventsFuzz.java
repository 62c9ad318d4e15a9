package com.neuralrouter.server.fuzz;

import com.neuralrouter.server.provider.http.ServerSentEvents;

/** Server-sent events of a provider. */
public final class EventsFuzz {
    private EventsFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        FramingFuzz.check(data, ServerSentEvents::new);
    }
}
