package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that the appliance serves, by their paths. Immutable. */
public final class Dialects {
    private final Map<String, Dialect> byPath = new HashMap<>();
    private final Map<Operation, Dialect> byOperation = new EnumMap<>(Operation.class);

    public Dialects(List<Dialect> dialects) {
        for (Dialect dialect : dialects) {
            boolean first =
                    byPath.putIfAbsent(dialect.path(), dialect) == null
                            && byOperation.putIfAbsent(dialect.operation(), dialect) == null;
            if (!first) {
                throw new IllegalArgumentException(dialect.path() + " is served twice");
            }
        }
    }

    /** All that there are: one line for each operation. */
    public static Dialects all() {
        return new Dialects(List.of(new OpenAiChat()));
    }

    public Optional<Dialect> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public Collection<Dialect> list() {
        return byOperation.values();
    }
}
