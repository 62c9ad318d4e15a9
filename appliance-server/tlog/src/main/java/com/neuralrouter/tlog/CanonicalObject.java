package com.neuralrouter.tlog;

/**
 * Writes a JSON object as {@link CanonicalJson} does, member by member, by a caller who knows their
 * order: for what is written for every request. A name that does not come after the one before it
 * is refused with an {@link IllegalStateException}, so that nothing can leave here that is not
 * canonical. Used by one thread.
 */
public final class CanonicalObject {
    private final CanonicalJson json = new CanonicalJson();
    private String last = "";
    private boolean begun;

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

    /** An object in it, which is not written to any more. */
    public CanonicalObject put(String name, CanonicalObject member) {
        name(name);
        json.raw(member.bytes());
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
        json.ascii(begun ? "}" : "{}");
        return json.bytes();
    }
}
