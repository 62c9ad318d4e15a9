package com.neuralrouter.server.admin;

import com.neuralrouter.contract.FieldError;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a wire record lacks. A component of a contract's record may be absent only where it is
 * {@link Nullable}; the JSON reader does not know that, so this looks at the record that it made.
 */
final class RequiredFields {
    private final List<FieldError> missing = new ArrayList<>();

    private RequiredFields() {}

    static List<FieldError> missing(Object value) {
        var fields = new RequiredFields();
        fields.visit("", value);
        return fields.missing;
    }

    private void visit(String path, Object value) {
        if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                visit(path + "[" + index + "]", list.get(index));
            }
        } else if (value instanceof Record wire) {
            for (RecordComponent component : wire.getClass().getRecordComponents()) {
                String name =
                        path.isEmpty() ? component.getName() : path + "." + component.getName();
                Object inner = read(component, wire);
                if (inner != null) {
                    visit(name, inner);
                } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    missing.add(new FieldError(name, "is missing"));
                }
            }
        }
    }

    private static @Nullable Object read(RecordComponent component, Record wire) {
        try {
            return component.getAccessor().invoke(wire);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("a wire record that can't be read", failure);
        }
    }
}
