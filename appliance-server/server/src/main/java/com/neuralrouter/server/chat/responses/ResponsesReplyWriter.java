package com.neuralrouter.server.chat.responses;

import com.neuralrouter.server.chat.EventText;
import com.neuralrouter.server.chat.GatheredReply;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyWriter;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers of OpenAI's Responses, whole or as events. Thoughts go out as the summary of a
 * reasoning item, which is what apps show. Every event has its number, and what an item holds is
 * told again when it is done.
 */
public final class ResponsesReplyWriter implements ReplyWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final For reply;
    private final ResponseObject response;
    private final GatheredReply gathered = new GatheredReply();
    private final EventText events = new EventText();
    private final ResponsesOutput output;
    private int sequence;

    /**
     * @param request the request's body, of which an answer tells some fields again
     */
    public ResponsesReplyWriter(For reply, JsonNode request) {
        this.reply = reply;
        this.response = new ResponseObject(reply, request);
        this.output = new ResponsesOutput(reply.id(), this::send);
    }

    @Override
    public byte[] event(ReplyEvent event) {
        if (!reply.stream()) {
            gathered.add(event);
            return NOTHING;
        }
        switch (event) {
            case ReplyEvent.Begun _ -> {
                send("response.created", told(response.begun()));
                send("response.in_progress", told(response.begun()));
            }
            case ReplyEvent.TextDelta text -> output.text(text.text());
            case ReplyEvent.RefusalDelta refusal -> output.refusal(refusal.text());
            case ReplyEvent.ReasoningDelta thought -> output.thought(thought.text());
            case ReplyEvent.ReasoningSealed seal -> output.seal(seal.seal());
            case ReplyEvent.ToolCallBegun call -> output.call(call.id(), call.name());
            case ReplyEvent.ArgumentsDelta more -> output.arguments(more.json());
            case ReplyEvent.UsageReported _ -> gathered.add(event);
            case ReplyEvent.Finished finished -> {
                output.end();
                ObjectNode whole =
                        response.ended(output.items(), finished.reason(), gathered.usage());
                send("response." + whole.path("status").asString(), told(whole));
            }
            case ReplyEvent.Failed _ -> {}
        }
        return events.take();
    }

    @Override
    public byte[] whole() {
        var items = new ResponsesOutput(reply.id(), (name, event) -> {});
        for (Part part : gathered.parts()) {
            switch (part) {
                case Part.Text text -> items.text(text.text());
                case Part.Refusal refusal -> items.refusal(refusal.text());
                case Part.Reasoning thought -> {
                    items.thought(thought.text());
                    if (!thought.seal().isEmpty()) {
                        items.seal(thought.seal());
                    }
                }
                case Part.ToolCall call -> {
                    items.call(call.id(), call.name());
                    items.arguments(call.arguments());
                }
                case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ -> {}
            }
        }
        items.end();
        return JSON.writeValueAsBytes(
                response.ended(items.items(), gathered.finished().reason(), gathered.usage()));
    }

    private static ObjectNode told(ObjectNode response) {
        ObjectNode event = response.objectNode();
        event.set("response", response);
        return event;
    }

    private void send(String type, ObjectNode members) {
        ObjectNode event = members.objectNode().put("type", type);
        event.setAll(members);
        events.add(type, event.put("sequence_number", sequence++));
    }
}
