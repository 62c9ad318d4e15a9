package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.ReplyEvent;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the fragments of tool calls together. They are handed on as they come, and one call after
 * the other, as other formats need them: fragments of a call are held back while the arguments of
 * the one before are not complete.
 */
final class OpenAiToolCalls {
    private final List<Call> calls = new ArrayList<>();

    /** Which call is being handed on. */
    private int current;

    private static final class Call {
        final long index;
        final int number;
        String id = "";
        String name = "";
        boolean begun;
        final StringBuilder held = new StringBuilder();
        final Balance balance = new Balance();

        Call(long index, int number) {
            this.index = index;
            this.number = number;
        }
    }

    /** Whether the model called anything. */
    boolean any() {
        return !calls.isEmpty();
    }

    /**
     * @param answer the answer's id, for calls that have none
     */
    void add(JsonNode fragment, String answer, Consumer<ReplyEvent> to) {
        Call call = call(fragment);
        JsonNode function = fragment.path("function");
        if (call.id.isEmpty()) {
            call.id = fragment.path("id").asString("");
        }
        if (call.name.isEmpty()) {
            call.name = function.path("name").asString("");
        }
        JsonNode arguments = function.path("arguments");
        String text = arguments.isObject() ? arguments.toString() : arguments.asString("");
        call.held.append(text);
        call.balance.read(text);
        if (call.id.isEmpty() && !call.name.isEmpty()) {
            call.id = "call_" + answer + "_" + call.number;
        }
        handOn(to);
    }

    /** The answer is over: so is every call. */
    void end(Consumer<ReplyEvent> to) {
        for (; current < calls.size(); current++) {
            Call call = calls.get(current);
            begin(call, to);
            if (!call.begun) {
                throw new MalformedChat("tool_calls", "must have a name");
            }
        }
    }

    private Call call(JsonNode fragment) {
        JsonNode index = fragment.path("index");
        String id = fragment.path("id").asString("");
        for (Call call : calls) {
            if (index.isNumber() ? call.index == index.asLong() : call.id.equals(id)) {
                return call;
            }
        }
        if (!index.isNumber() && id.isEmpty() && continues(fragment)) {
            return calls.getLast();
        }
        var call = new Call(index.isNumber() ? index.asLong() : -1L - calls.size(), calls.size());
        calls.add(call);
        return call;
    }

    /** Without index and id, a fragment without a name belongs to the call before. */
    private boolean continues(JsonNode fragment) {
        return !calls.isEmpty() && fragment.path("function").path("name").asString("").isEmpty();
    }

    private void handOn(Consumer<ReplyEvent> to) {
        begin(calls.get(current), to);
        while (current + 1 < calls.size() && calls.get(current).balance.complete()) {
            current++;
            begin(calls.get(current), to);
        }
    }

    /** Hands on what there is of a call, once its name is known. */
    private static void begin(Call call, Consumer<ReplyEvent> to) {
        if (!call.begun && !call.name.isEmpty()) {
            call.begun = true;
            to.accept(new ReplyEvent.ToolCallBegun(call.number, call.id, call.name));
        }
        if (call.begun && !call.held.isEmpty()) {
            to.accept(new ReplyEvent.ArgumentsDelta(call.number, call.held.toString()));
            call.held.setLength(0);
        }
    }

    /** Whether the text of an object has come to its end. */
    private static final class Balance {
        private int depth;
        private boolean opened;
        private boolean inString;
        private boolean escaped;

        void read(@Nullable String text) {
            for (int i = 0; text != null && i < text.length(); i++) {
                read(text.charAt(i));
            }
        }

        private void read(char c) {
            if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = c == '\\';
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
                opened = true;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }

        boolean complete() {
            return opened && depth == 0;
        }
    }
}
