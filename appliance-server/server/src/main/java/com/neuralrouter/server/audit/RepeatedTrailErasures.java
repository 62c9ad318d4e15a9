package com.neuralrouter.server.audit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.HashSet;
import java.util.Set;

/**
 * Erases again, from the readable entries of a store that was restored, the names that were erased
 * after its backup had been made: the log has a mark of each. For one thread.
 */
public final class RepeatedTrailErasures {
    private static final String TARGET = "audit/";

    private final ReadableEntries entries;
    private final Set<String> marks = new HashSet<>();

    public RepeatedTrailErasures(ReadableEntries entries) {
        this.entries = entries;
    }

    /** The target of an erasure's entry: names nobody. */
    public static String target(String mark) {
        return TARGET + mark;
    }

    /**
     * Whether the entry was of such an erasure, which {@link #again} makes again.
     *
     * @param leaf as it is in the log
     */
    public boolean note(byte[] leaf) {
        JsonNode entry = JsonMapper.shared().readTree(leaf);
        String target = entry.path("target").asString("");
        boolean marked =
                entry.path("action").asString("").equals("audit.erased")
                        && target.startsWith(TARGET);
        return marked && marks.add(target.substring(TARGET.length()));
    }

    /** To be called when all entries were noted. */
    public void again() {
        if (!marks.isEmpty()) {
            entries.eraseMarked(marks);
        }
    }
}
