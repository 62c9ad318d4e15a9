package com.neuralrouter.tlog;

import java.util.function.Consumer;

/**
 * Writes a JSON object as {@link CanonicalJson} does, member by member, by a caller who knows their
 * order: for what is written for every request. A name that does not come after the one before it
 * is refused with an {@link IllegalStateException}, so that nothing can leave here that is not
 * canonical. Used by one thread.
 */
public final class CanonicalObject {
    private final CanonicalJson json;
    private String last = "";
    private boolean begun;

    public CanonicalObject() {
        this(new CanonicalJson());
    }

    private CanonicalObject(CanonicalJson json) {
        this.json = json;
    }

    public CanonicalObject put(String name, String text) {
        name(name);
        json.string(text);
        return this;
    }

    /** Refuses what {@link CanonicalJson} refuses. */
    public CanonicalObject put(String name, long number) {
        name(name);
        json.integer(number);
        return this;
    }

    public CanonicalObject put(String name, boolean flag) {
        name(name);
        json.ascii(flag ? "true" : "false");
        return this;
    }

    /** An object in it, which is written by the other. */
    public CanonicalObject put(String name, Consumer<CanonicalObject> members) {
        name(name);
        var member = new CanonicalObject(json);
        members.accept(member);
        member.end();
        return this;
    }

    private void name(String name) {
        if (begun && name.compareTo(last) <= 0) {
            throw new IllegalStateException(name + " does not come after " + last);
        }
        json.ascii(begun ? "," : "{");
        json.string(name);
        json.ascii(":");
        last = name;
        begun = true;
    }

    /** The object; nothing can be added after this. */
    public byte[] bytes() {
        end();
        return json.bytes();
    }

    private void end() {
        json.ascii(begun ? "}" : "{}");
    }
}
