package com.neuralrouter.server.chat;

import com.neuralrouter.server.chat.Turn.Role;

import java.util.ArrayList;
import java.util.List;

/** Turns for formats in which the sides must take turns. */
public final class JoinedTurns {
    private JoinedTurns() {}

    /**
     * Turns of one side that follow each other, as one, in which results of tools go before what
     * else is said.
     */
    public static List<Turn> of(List<Turn> turns) {
        var joined = new ArrayList<Turn>();
        for (int from = 0; from < turns.size(); ) {
            Role role = turns.get(from).role();
            int to = from + 1;
            while (to < turns.size() && turns.get(to).role() == role) {
                to++;
            }
            joined.add(new Turn(turns.get(from).at(), role, resultsFirst(turns.subList(from, to))));
            from = to;
        }
        return joined;
    }

    private static List<Part> resultsFirst(List<Turn> turns) {
        var results = new ArrayList<Part>();
        var rest = new ArrayList<Part>();
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                (part instanceof Part.ToolResult ? results : rest).add(part);
            }
        }
        results.addAll(rest);
        return results;
    }
}
