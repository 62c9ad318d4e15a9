package com.neuralrouter.server.chat;

import java.util.HashMap;
import java.util.Map;

/** What the tools are called that a conversation calls, by the ids of the calls. Immutable. */
public final class CallNames {
    private final Map<String, String> names = new HashMap<>();

    public CallNames(Conversation conversation) {
        for (Turn turn : conversation.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.put(call.id(), call.name());
                }
            }
        }
    }

    /** Throws {@link Inexpressible} for the result of a call that is not in the conversation. */
    public String of(Part.ToolResult result) {
        String name = names.get(result.callId());
        if (name == null) {
            throw new Inexpressible(
                    result.at(), "answers a call that the messages before it do not have");
        }
        return name;
    }
}
