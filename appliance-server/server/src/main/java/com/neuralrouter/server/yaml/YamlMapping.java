package com.neuralrouter.server.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping in a {@link YamlFile}. A key that is there twice, or that is no text, is an error as
 * soon as the mapping is met. Owned by one thread.
 */
public final class YamlMapping {
    private final YamlFile file;
    private final String path;
    private final Node node;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(Node key, YamlValue value) {}

    YamlMapping(YamlFile file, String path, MappingNode mapping) {
        this.file = file;
        this.path = path;
        this.node = mapping;
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                add(key, tuple.getValueNode());
            } else {
                file.wrong(tuple.getKeyNode().getStartMark(), "a key must be a word");
            }
        }
    }

    /** Records as wrong every key that is not one of these, and names the nearest of them. */
    public void onlyKeys(Collection<String> known) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                file.wrong(
                        entry.key.getStartMark(),
                        "unknown key '"
                                + shortened(key)
                                + "'"
                                + (path.isEmpty() ? "" : " under " + path)
                                + "; did you mean '"
                                + Nearest.to(key, known)
                                + "'? Known here: "
                                + String.join(", ", known));
            }
        });
    }

    /** What stands under the key, if it is there. */
    public Optional<YamlValue> value(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** What stands under the key; records as wrong that it is missing. */
    public Optional<YamlValue> required(String key) {
        Optional<YamlValue> value = value(key);
        if (value.isEmpty()) {
            wrong("'" + key + "' is missing" + (path.isEmpty() ? "" : " in " + path));
        }
        return value;
    }

    /**
     * The keys from the top of the file to here, as in {@code workspaces[2]}; empty for the top.
     */
    public String path() {
        return path;
    }

    /** Records that something is wrong with this mapping as a whole. */
    public void wrong(String message) {
        file.wrong(node.getStartMark(), message);
    }

    private void add(ScalarNode key, Node value) {
        String name = key.getValue();
        String below = path.isEmpty() ? name : path + "." + name;
        Entry before = entries.putIfAbsent(name, new Entry(key, new YamlValue(file, below, value)));
        if (before != null) {
            int line = before.key.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            file.wrong(
                    key.getStartMark(),
                    "'"
                            + shortened(below)
                            + "' is here twice, first on line "
                            + line
                            + "; keep one of them");
        }
    }

    private static String shortened(String key) {
        return key.length() <= 60 ? key : key.substring(0, 57) + "...";
    }
}
