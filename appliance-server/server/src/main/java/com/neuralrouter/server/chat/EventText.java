package com.neuralrouter.server.chat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events (HTML Living Standard, section 9.2.6) that hold JSON. */
public final class EventText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] END = {'\n', '\n'};

    private final ByteArrayOutputStream text = new ByteArrayOutputStream(256);

    /** One more event without a name. */
    public EventText add(JsonNode data) {
        return add("data: ", JSON.writeValueAsBytes(data));
    }

    /** One more event. */
    public EventText add(String name, JsonNode data) {
        return add("event: " + name + "\ndata: ", JSON.writeValueAsBytes(data));
    }

    /** One more event without a name, whose data is no JSON. */
    public EventText addWord(String data) {
        return add("data: ", data.getBytes(StandardCharsets.US_ASCII));
    }

    private EventText add(String head, byte[] data) {
        text.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(data);
        text.writeBytes(END);
        return this;
    }

    /** All events so far, which are forgotten then. */
    public byte[] take() {
        byte[] all = text.toByteArray();
        text.reset();
        return all;
    }
}
