package com.neuralrouter.server.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML 1.2 file that is being read: its top mapping, and what was found wrong in it so far. A
 * reader asks {@link #top()} for what it knows, and {@link #refuseIfWrong()} at the end. Owned by
 * one thread.
 */
public final class YamlFile {
    private static final int LARGEST_FILE = 4 << 20;

    private final String name;
    private final List<YamlError> errors = new ArrayList<>();
    private final Map<String, Mark> places = new HashMap<>();
    private final YamlMapping top;

    /**
     * Throws {@link YamlRefused} at once when the text is not one YAML document with a mapping on
     * top.
     */
    public YamlFile(String name, String text) {
        this.name = name;
        this.top =
                switch (compose(text).orElse(null)) {
                    case MappingNode mapping -> new YamlMapping(this, "", mapping);
                    case null -> throw refused(1, 1, "the file is empty");
                    default ->
                            throw refused(
                                    1, 1, "the file must begin with keys, as in 'key: value'");
                };
    }

    public YamlMapping top() {
        return top;
    }

    /** Throws {@link YamlRefused} if anything was found wrong. */
    public void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw new YamlRefused(errors);
        }
    }

    /**
     * What somebody else found wrong with what was read from here, at the line where it stands.
     *
     * @param path as in {@code workspaces[2].name}; one that is not in the file is told at the
     *     nearest that is
     */
    public YamlError errorAt(String path, String message) {
        String there = path;
        while (!there.isEmpty() && !places.containsKey(there)) {
            there =
                    there.substring(
                            0,
                            Math.max(there.lastIndexOf('.'), Math.max(there.lastIndexOf('['), 0)));
        }
        Mark mark = places.get(there);
        return new YamlError(
                name,
                mark == null ? 1 : mark.getLine() + 1,
                mark == null ? 1 : mark.getColumn() + 1,
                path.isEmpty() ? message : path + ": " + message);
    }

    void met(String path, Optional<Mark> where) {
        where.ifPresent(mark -> places.put(path, mark));
    }

    void wrong(Optional<Mark> where, String message) {
        errors.add(
                new YamlError(
                        name,
                        where.map(Mark::getLine).orElse(0) + 1,
                        where.map(Mark::getColumn).orElse(0) + 1,
                        message));
    }

    private Optional<Node> compose(String text) {
        var settings = LoadSettings.builder().setLabel(name).setCodePointLimit(LARGEST_FILE);
        try {
            return new Compose(settings.build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            // Not its message: that quotes the line, which may hold a secret.
            Optional<Mark> where = e.getProblemMark();
            throw refused(
                    where.map(Mark::getLine).orElse(0) + 1,
                    where.map(Mark::getColumn).orElse(0) + 1,
                    "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw refused(1, 1, "this is not YAML that can be read, or it is over 4 MiB");
        }
    }

    private YamlRefused refused(int line, int column, String message) {
        return new YamlRefused(List.of(new YamlError(name, line, column, message)));
    }
}
