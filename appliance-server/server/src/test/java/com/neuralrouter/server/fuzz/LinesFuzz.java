package com.neuralrouter.server.fuzz;

import com.neuralrouter.server.provider.http.JsonLines;

/** Lines of JSON of a provider. */
public final class LinesFuzz {
    private LinesFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        FramingFuzz.check(data, JsonLines::new);
    }
}
