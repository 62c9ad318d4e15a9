package com.neuralrouter.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The admin API's JSON. Reading is strict, because what is not understood must not be half done: an
 * unknown or doubled field, a number for a text, an absent field that must be there are each
 * refused, with the field's name and never with its value. Writing leaves absent what is null.
 */
public final class AdminJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            text -> {
                                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                            })
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private AdminJson() {}

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** Throws {@link AdminRefused} that names the field and never quotes the body. */
    public static <T> T read(byte[] body, Class<T> type) {
        if (escapesNull(body)) {
            throw new AdminRefused(
                    ProblemCode.MALFORMED_REQUEST,
                    "A text has the character U+0000, which not every store can keep.");
        }
        T value;
        try {
            value = MAPPER.readValue(body, type);
        } catch (JacksonException failure) {
            throw refusal(failure);
        }
        if (value == null) {
            throw new AdminRefused(
                    ProblemCode.MALFORMED_REQUEST, "The body is null; send a JSON object.");
        }
        List<FieldError> missing = RequiredFields.missing(value);
        if (!missing.isEmpty()) {
            throw invalid(missing);
        }
        return value;
    }

    /** Whether a text has U+0000; JSON has it escaped or not at all (RFC 8259, section 7). */
    private static boolean escapesNull(byte[] body) {
        for (int i = 0; i + 5 < body.length; i++) {
            if (body[i] != '\\') {
                continue;
            }
            i++;
            if (body[i] == 'u'
                    && body[i + 1] == '0'
                    && body[i + 2] == '0'
                    && body[i + 3] == '0'
                    && body[i + 4] == '0') {
                return true;
            }
        }
        return false;
    }

    private static AdminRefused refusal(JacksonException failure) {
        if (failure instanceof StreamReadException stream) {
            return malformed(stream);
        }
        String field = path(failure);
        return switch (failure) {
            case UnrecognizedPropertyException _ ->
                    invalid(List.of(new FieldError(field, "is not known here")));
            case MismatchedInputException mismatch when !field.isEmpty() ->
                    invalid(List.of(new FieldError(field, expected(mismatch.getTargetType()))));
            case DatabindException bind when !field.isEmpty() && !bind.getPath().isEmpty() ->
                    invalid(List.of(new FieldError(field, "has a value that can't be used")));
            default ->
                    new AdminRefused(
                            ProblemCode.MALFORMED_REQUEST,
                            "The body is not one JSON object of the form that this path takes.");
        };
    }

    private static AdminRefused malformed(StreamReadException failure) {
        boolean doubled = failure.getOriginalMessage().startsWith("Duplicate");
        if (doubled && failure.processor() != null) {
            String name = String.valueOf(failure.processor().currentName());
            return invalid(List.of(new FieldError(name, "is there more than once")));
        }
        return new AdminRefused(
                ProblemCode.MALFORMED_REQUEST,
                "The body is not JSON: see line "
                        + failure.getLocation().getLineNr()
                        + ", column "
                        + failure.getLocation().getColumnNr()
                        + ".");
    }

    private static AdminRefused invalid(List<FieldError> errors) {
        String detail =
                errors.stream()
                        .map(error -> error.field() + " " + error.message())
                        .collect(Collectors.joining("; ", "", "."));
        return new AdminRefused(ProblemCode.INVALID_FIELD, detail, errors);
    }

    private static String path(JacksonException failure) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "has a value that can't be used";
        }
        if (type == String.class) {
            return "must be a text";
        }
        if (type == Instant.class) {
            return "must be a time as in 2027-01-31T12:00:00Z";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(MAPPER::writeValueAsString)
                            .collect(Collectors.joining(", "));
        }
        return type.getSimpleName().endsWith("Id") ? "must be an id (a UUID)" : "must be an object";
    }
}
