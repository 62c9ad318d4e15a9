package com.neuralrouter.server.backup;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A row's values in the order of its table's columns. */
record Row(List<@Nullable Object> values) {

    Row {
        // List.copyOf takes no null.
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Writes it as it stands in a backup: an array of text, numbers and truth values. */
    void write(Table table, JsonGenerator to) {
        to.writeStartArray();
        for (int i = 0; i < values.size(); i++) {
            table.columns().get(i).type().write(to, values.get(i));
        }
        to.writeEndArray();
    }

    /** The values of the primary key. */
    List<Object> key(Table table) {
        var key = new ArrayList<Object>();
        for (int place : table.keyPlaces()) {
            Object value = values.get(place);
            if (value == null) {
                throw new IllegalStateException("a key without a value in " + table.name());
            }
            key.add(value);
        }
        return key;
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "Row[redacted]";
    }
}
