package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.ProviderAnswer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** One JSON text a line (NDJSON), as Ollama streams. Used by one thread. */
public final class JsonLines implements Framing {
    private final LineReader lines;

    public JsonLines(ProviderAnswer answer) {
        this.lines = new LineReader(answer);
    }

    @Override
    public @Nullable Message next() throws IOException {
        while (lines.next()) {
            if (lines.length() > 0) {
                return new Message("", lines.bytes(), lines.from(), lines.length());
            }
        }
        return null;
    }
}
