package com.neuralrouter.server.chat;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A piece of an app's request, and where in it it stands: what readers of requests are written
 * with, so that every complaint names its field.
 *
 * @param at as in {@code messages[1].content}; empty for the request itself
 * @param node missing or null where the app gave nothing
 */
public record Placed(String at, JsonNode node) {

    public Placed field(String name) {
        return new Placed(at.isEmpty() ? name : at + "." + name, node.path(name));
    }

    /** Whether there is something, and it is not null. */
    public boolean given() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The elements of an array; none where nothing was given. */
    public List<Placed> items() {
        if (!given()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw malformed("must be an array");
        }
        var items = new ArrayList<Placed>(node.size());
        for (JsonNode item : node) {
            items.add(new Placed(at + "[" + items.size() + "]", item));
        }
        return items;
    }

    public String string() {
        if (!node.isString()) {
            throw malformed("must be a string");
        }
        return node.asString();
    }

    public String stringOr(String otherwise) {
        return given() ? string() : otherwise;
    }

    public boolean boolOr(boolean otherwise) {
        if (!given()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw malformed("must be true or false");
        }
        return node.asBoolean();
    }

    /** The node itself, an object. */
    public JsonNode object() {
        if (!node.isObject()) {
            throw malformed("must be an object");
        }
        return node;
    }

    /**
     * What is said at once: a text, or an array of parts.
     *
     * @param part reads one of them
     */
    public List<Part> said(Function<Placed, Part> part) {
        if (node.isString()) {
            return List.of(new Part.Text(at, node.asString()));
        }
        if (!node.isArray()) {
            throw malformed("must be a string or an array");
        }
        return items().stream().map(part).toList();
    }

    /** The number, by the name of its place: one that fits into 64 bits, as providers read it. */
    public Given number() {
        if (!node.isNumber() || Double.isInfinite(node.decimalValue().doubleValue())) {
            throw malformed("must be a number that fits into 64 bits");
        }
        return new Given(at, node.decimalValue());
    }

    /** A whole number above 0. */
    public int positive() {
        if (!node.isInt() || node.asInt() <= 0) {
            throw malformed("must be a whole number above 0");
        }
        return node.asInt();
    }

    /**
     * Throws {@link Inexpressible} for the first member of an object that is given and is none of
     * these.
     */
    public void requireOnly(Set<String> names) {
        for (Map.Entry<String, JsonNode> member : object().properties()) {
            if (!names.contains(member.getKey()) && !member.getValue().isNull()) {
                throw field(member.getKey()).inexpressible();
            }
        }
    }

    /** It has no counterpart in other formats. */
    public Inexpressible inexpressible() {
        return new Inexpressible(at, "has no counterpart in the provider's format");
    }

    /**
     * @param why a clause whose subject is the field
     */
    public MalformedChat malformed(String why) {
        return new MalformedChat(at, why);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Placed[" + at + "]";
    }
}
