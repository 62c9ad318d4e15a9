package com.neuralrouter.server.chat;

import com.neuralrouter.server.provider.InPieces;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Reads and writes answers for tests. */
public final class Replies {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Replies() {}

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** What a reader makes of a stream of server-sent events that is split at random. */
    public static List<ReplyEvent> stream(ReplyReader reader, String body, long seed)
            throws IOException {
        var answer = InPieces.atRandom(body.getBytes(StandardCharsets.UTF_8), new Random(seed));
        var events = new ArrayList<ReplyEvent>();
        try (ProviderReply reply =
                TranslatedReply.stream(answer, new ServerSentEvents(answer), reader)) {
            for (ReplyEvent event; (event = reply.next()) != null; ) {
                events.add(event);
            }
        }
        return events;
    }

    public static List<ReplyEvent> whole(ReplyReader reader, String body) {
        var events = new ArrayList<ReplyEvent>();
        reader.whole(json(body), events::add);
        return events;
    }

    /** Everything that a writer writes of a stream. */
    public static String written(ReplyWriter writer, List<ReplyEvent> events) {
        var all = new ByteArrayOutputStream();
        for (ReplyEvent event : events) {
            all.writeBytes(writer.event(event));
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** The whole answer that a writer writes. */
    public static JsonNode wholeOf(ReplyWriter writer, List<ReplyEvent> events) {
        events.forEach(writer::event);
        return JSON.readTree(writer.whole());
    }

    /** The data of a stream's events, without {@code [DONE]}. */
    public static List<JsonNode> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring(6)))
                .toList();
    }

    public static GatheredReply gathered(List<ReplyEvent> events) {
        var gathered = new GatheredReply();
        events.forEach(gathered::add);
        return gathered;
    }

    /** An answer with a bit of everything, whose pieces differ by the seed. */
    public static List<ReplyEvent> random(long seed) {
        var random = new Random(seed);
        var events = new ArrayList<ReplyEvent>();
        events.add(new ReplyEvent.Begun("a" + seed));
        if (random.nextBoolean()) {
            pieces(random).forEach(piece -> events.add(new ReplyEvent.ReasoningDelta(piece)));
        }
        if (random.nextBoolean()) {
            pieces(random).forEach(piece -> events.add(new ReplyEvent.TextDelta(piece)));
        }
        int calls = random.nextInt(3);
        for (int call = 0; call < calls; call++) {
            events.add(new ReplyEvent.ToolCallBegun(call, "call_" + call, "tool_" + call));
            for (String piece : List.of("{\"a\":", "\"\u00e4{\\\"", " \ud83d\ude00\"", "}")) {
                events.add(new ReplyEvent.ArgumentsDelta(call, piece));
            }
        }
        events.add(new ReplyEvent.UsageReported(new TokenUsage(20, 5, 0, 9, 2)));
        FinishReason reason =
                calls > 0
                        ? FinishReason.TOOL_CALLS
                        : random.nextBoolean() ? FinishReason.STOP : FinishReason.LENGTH;
        events.add(new ReplyEvent.Finished(reason, ""));
        return events;
    }

    private static List<String> pieces(Random random) {
        var pieces = new ArrayList<String>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            pieces.add(List.of("hello ", "\u00e4\n\n", "data: x\r\n", "\ud83d\ude00").get(i));
        }
        return pieces;
    }
}
