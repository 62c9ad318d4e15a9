package com.neuralrouter.desktop.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The contract's golden messages, as the server's tests make them. */
public final class Golden {
    private Golden() {}

    /** The text of one. */
    public static String text(String name) {
        var path = "/wire/" + name + ".json";
        try (var in = Objects.requireNonNull(Golden.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
