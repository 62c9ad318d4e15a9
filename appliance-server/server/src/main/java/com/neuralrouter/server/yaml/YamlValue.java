package com.neuralrouter.server.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands under a key, or in a list, of a {@link YamlFile}. Each accessor answers with the
 * value if it has that form, and records as wrong that it has another. Owned by one thread.
 */
public final class YamlValue {
    private final YamlFile file;
    private final String path;
    private final Node node;

    YamlValue(YamlFile file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
        file.met(path, node.getStartMark());
    }

    /** A text; a number or a truth value that is meant as text wants quotes. */
    public Optional<String> text() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
                ? Optional.of(scalar.getValue())
                : expected("a text; put it in quotes if it looks like something else");
    }

    /** A text or a number, as it is written. */
    public Optional<String> word() {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? Optional.of(scalar.getValue())
                : expected("a single value");
    }

    /** A whole number. */
    public Optional<Long> number() {
        if (node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.INT)
                && scalar.getValue().matches("-?[0-9]{1,18}")) {
            return Optional.of(Long.parseLong(scalar.getValue()));
        }
        return expected("a whole number");
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> truth() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)
                ? Optional.of(Boolean.valueOf(scalar.getValue()))
                : expected("true or false");
    }

    public Optional<YamlMapping> mapping() {
        return node instanceof MappingNode mapping
                ? Optional.of(new YamlMapping(file, path, mapping))
                : expected("keys below it, as in 'key: value'");
    }

    /** Whether keys stand below it; records nothing. */
    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** The items of a list; none if it is no list. */
    public List<YamlValue> items() {
        if (!(node instanceof SequenceNode sequence)) {
            expected("a list, each item on a line that begins with '- '");
            return List.of();
        }
        var items = new ArrayList<YamlValue>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(file, path + "[" + items.size() + "]", item));
        }
        return List.copyOf(items);
    }

    /** The keys from the top of the file to here, as in {@code workspaces[2].name}. */
    public String path() {
        return path;
    }

    /** Records what is wrong with this value; the message begins with its path. */
    public void wrong(String message) {
        file.wrong(node.getStartMark(), path + ": " + message);
    }

    private <T> Optional<T> expected(String form) {
        if (node.getTag().equals(Tag.NULL)) {
            wrong("has no value; write " + form + ", or take the line out");
        } else {
            wrong("must be " + form);
        }
        return Optional.empty();
    }
}
