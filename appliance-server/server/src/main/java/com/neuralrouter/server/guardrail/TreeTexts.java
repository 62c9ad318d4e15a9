package com.neuralrouter.server.guardrail;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The texts of a request or of an answer as they are said, for who judges them as a whole. Content:
 * its {@code toString} shows none.
 *
 * @param said each text of the answer that the model wrote for its user
 * @param all everything
 */
record TreeTexts(List<String> said, String all) {
    private static final Set<String> WORDS =
            Set.of("role", "type", "id", "object", "model", "finish_reason", "status");
    private static final Set<String> BESIDE = Set.of("reasoning", "summary", "tool_calls");

    static TreeTexts of(ObjectNode root) {
        var said = new ArrayList<String>();
        var all = new StringBuilder();
        walk(root, "", true, said, all);
        return new TreeTexts(List.copyOf(said), all.toString());
    }

    private static void walk(
            JsonNode node, String name, boolean forUser, List<String> said, StringBuilder all) {
        switch (node) {
            case ObjectNode object -> {
                boolean its = forUser && !BESIDE.contains(object.path("type").asString(""));
                object.properties()
                        .forEach(each -> {
                            boolean below = its && !BESIDE.contains(each.getKey());
                            walk(each.getValue(), each.getKey(), below, said, all);
                        });
            }
            case ArrayNode array -> array.forEach(each -> walk(each, name, forUser, said, all));
            default -> {
                if (node.isString()
                        && !WORDS.contains(name)
                        && !Protocol.isBlob(name, node.stringValue())) {
                    all.append(node.stringValue()).append('\n');
                    if (forUser && Protocol.isSaid(name)) {
                        said.add(node.stringValue());
                    }
                }
            }
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "TreeTexts[texts=" + said.size() + "]";
    }
}
