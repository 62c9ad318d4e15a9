package com.neuralrouter.server.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A YAML file that can't be used, with everything that is wrong in it, in reading order. */
public final class YamlRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<YamlError> errors;

    public YamlRefused(List<YamlError> errors) {
        super(
                errors.stream()
                        .sorted()
                        .map(YamlError::toString)
                        .collect(Collectors.joining(System.lineSeparator())),
                null,
                false,
                false);
        this.errors = errors.stream().sorted().toList();
    }

    public List<YamlError> errors() {
        return errors;
    }
}
