package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.chat.ExactJson;
import com.neuralrouter.server.provider.UsageObserver;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A streamed answer on its way to the app, in the app's format: each event is read, its texts are
 * looked at, and it is written anew. Between the relay and the app; used by the request's thread.
 */
public final class GuardedStream implements UsageObserver.Sink {
    private static final String DATA = "data:";
    private static final String EVENT = "event:";

    /** An answer that is judged as a whole waits here as a whole. */
    private static final int MOST_HELD = 8 << 20;

    private final AnswerEvents events;
    private final AnswerTexts texts;
    private final AnswerJudge judge;
    private final UsageObserver.Sink client;
    private final EventSplitter splitter = new EventSplitter();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    /** Events in {@link #out}. */
    private long held;

    private long sent;

    GuardedStream(
            AnswerEvents events, AnswerTexts texts, AnswerJudge judge, UsageObserver.Sink client) {
        this.judge = judge;
        this.events = events;
        this.texts = texts;
        this.client = client;
    }

    /** Throws {@link GuardrailRefusal}; what went out before ends with a whole event. */
    @Override
    public void accept(byte[] bytes, int at, int length) throws IOException {
        splitter.pass(bytes, at, length, this::event);
        if (!judge.judges()) {
            send();
        } else if (out.size() > MOST_HELD) {
            throw new GuardrailRefusal(
                    "of this site", "cannot judge an answer of more than " + MOST_HELD + " bytes.");
        }
    }

    /** The answer has ended: lets go what is held. */
    public void end() throws IOException {
        splitter.end(this::event);
        events.end(this::write);
        judge.judge(texts.said(), texts.all());
        send();
    }

    /** How many events the app was sent: more came, where some are held, or fewer. */
    long sent() {
        return sent;
    }

    private void send() throws IOException {
        if (out.size() > 0) {
            byte[] bytes = out.toByteArray();
            out.reset();
            client.accept(bytes, 0, bytes.length);
            sent += held;
            held = 0;
        }
    }

    private void event(String lines) throws IOException {
        String name = "";
        var data = new StringBuilder();
        boolean hasData = false;
        var other = new StringBuilder();
        for (String line : lines.split("\n", -1)) {
            if (line.startsWith(DATA)) {
                if (hasData) {
                    data.append('\n');
                }
                hasData = true;
                data.append(value(line, DATA));
            } else if (line.startsWith(EVENT)) {
                name = value(line, EVENT);
            } else if (line.startsWith(":")
                    || line.startsWith("id:")
                    || line.startsWith("retry:")) {
                other.append(line).append('\n');
            }
        }
        if (!other.isEmpty()) {
            comment(other.toString(), hasData);
        }
        if (hasData) {
            data(name, data.toString());
        }
    }

    /** A comment is nobody's text, but somebody could read it. */
    private void comment(String lines, boolean more) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", lines);
        texts.whole(node);
        out.writeBytes(node.path("text").asString("").getBytes(StandardCharsets.UTF_8));
        if (!more) {
            out.write('\n');
        }
    }

    private static String value(String line, String field) {
        String value = line.substring(field.length());
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private void data(String name, String data) throws IOException {
        JsonNode tree = tree(data);
        if (tree instanceof ObjectNode object) {
            events.event(name, object, this::write);
            return;
        }
        events.end(this::write);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", data);
        texts.whole(node);
        held++;
        head(name);
        for (String line : node.path("text").asString("").split("\n", -1)) {
            out.writeBytes((DATA + " " + line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.write('\n');
    }

    private JsonNode tree(String data) {
        try {
            return data.startsWith("{") ? ExactJson.read(data) : MissingNode.getInstance();
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private void write(String name, ObjectNode data) {
        held++;
        head(name);
        out.writeBytes((DATA + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ExactJson.write(data));
        out.write('\n');
        out.write('\n');
    }

    private void head(String name) {
        if (!name.isEmpty()) {
            out.writeBytes((EVENT + " " + name + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
