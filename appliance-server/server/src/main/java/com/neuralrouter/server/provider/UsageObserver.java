package com.neuralrouter.server.provider;

import com.neuralrouter.server.provider.UsageScanner.Words;

import java.io.IOException;
import java.util.Arrays;

/**
 * Watches an answer as its bytes pass, split anywhere, and learns how many tokens it cost. It
 * builds no objects for what passes, changes nothing and never fails, whatever passes; the one
 * thing that it can take out is the chunk that holds only the usage, where the gateway asked for it
 * and the client did not.
 *
 * <p>Used by the relay, one for each answer, by one thread:
 *
 * <pre>{@code
 * UsageObserver observer = UsageObserver.ofStreamWithoutUsageChunk();
 * while ((n = answer.read(buffer, 0, buffer.length)) > 0) {
 *     observer.pass(buffer, 0, n, client::write);   // then one flush
 * }
 * observer.end(client::write);
 * }</pre>
 *
 * <p>Everything else goes through byte for byte, an answer that is one JSON text as it comes and a
 * stream event by event: one that is not whole yet is held until it is, or {@value #MOST_HELD}
 * bytes of it have come. No app can use half an event, and when the provider breaks off inside one,
 * what follows is the event that says so and not the other half. Held bytes that never became an
 * event are handed on by {@link #end} and lost without it.
 *
 * <p>Formats: OpenAI API reference, "Chat" and "Streaming"; HTML Living Standard, section 9.2.6
 * "Interpreting an event stream".
 */
public final class UsageObserver {
    /** Most events have some hundred bytes. */
    private static final int MOST_HELD = 16 << 10;

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    /** How an answer tells what it cost. */
    public enum Format {
        /** OpenAI's chat completions, and what is like them. */
        OPENAI,
        /** Anthropic's Messages. */
        ANTHROPIC,
        /** OpenAI's Responses, and its images. */
        RESPONSES
    }

    /** Takes the bytes that go on to the client; they are valid during the call only. */
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] bytes, int at, int length) throws IOException;
    }

    /** Where in a line of the stream the next byte stands. */
    private enum Place {
        LINE_START,
        FIELD_NAME,
        AFTER_COLON,
        IN_DATA,
        SKIPPED
    }

    private final UsageScanner json;
    private final boolean stream;
    private final boolean withoutUsageChunk;

    private Place place = Place.LINE_START;

    /** How much of the field's name was "data" so far. */
    private int nameMatched;

    /** How much of the event's data was "[DONE]" so far, -1 once it was something else. */
    private int doneMatched;

    /** Whether the last byte was a CR: a line feed after it belongs to the same line's end. */
    private boolean afterCarriageReturn;

    private boolean inEvent;

    /** What the last call of {@link #line} came upon. */
    private boolean eventEnded;

    private boolean onlyLineFeed;

    private boolean done;
    private long chunks;
    private long events;

    /** Whether the event in progress is known to go through. */
    private boolean released;

    /** Whether the last event was taken out, so that a line feed after its CR goes with it. */
    private boolean takenOut;

    /** The beginning of the event in progress, as far as it came with earlier calls. */
    private byte[] held = {};

    private int heldLength;

    private UsageObserver(Words format, boolean stream, boolean withoutUsageChunk) {
        this.json = new UsageScanner(format);
        this.stream = stream;
        this.withoutUsageChunk = withoutUsageChunk;
    }

    /** For an answer of that format, all of which goes through. */
    public static UsageObserver of(Format format, boolean stream) {
        return switch (format) {
            case OPENAI -> stream ? ofStream() : ofJson();
            case ANTHROPIC -> new UsageObserver(Words.ANTHROPIC, stream, false);
            case RESPONSES ->
                    new UsageObserver(
                            stream ? Words.RESPONSES_STREAM : Words.RESPONSES, stream, false);
        };
    }

    /** For OpenAI's answer that is one JSON text. */
    public static UsageObserver ofJson() {
        return new UsageObserver(Words.OPENAI, false, false);
    }

    /** For server-sent events, which all go through. */
    public static UsageObserver ofStream() {
        return new UsageObserver(Words.OPENAI, true, false);
    }

    /** For server-sent events, of which a chunk with usage and no choices is taken out. */
    public static UsageObserver ofStreamWithoutUsageChunk() {
        return new UsageObserver(Words.OPENAI, true, true);
    }

    /** Watches the bytes and hands those on that may go to the client. */
    public void pass(byte[] bytes, int at, int length, Sink client) throws IOException {
        int to = at + length;
        if (stream) {
            events(bytes, at, to, client);
        } else {
            json.scan(bytes, at, to);
            client.accept(bytes, at, length);
        }
    }

    /** The answer is over: hands on what was held back. */
    public void end(Sink client) throws IOException {
        if (withoutUsageChunk && json.usageOnly()) {
            heldLength = 0;
        }
        handOnHeld(client);
    }

    /** Tokens of the prompt as the provider reported them last, -1 if it did not. */
    public long promptTokens() {
        return json.promptTokens();
    }

    /** Tokens of the answer as the provider reported them last, -1 if it did not. */
    public long completionTokens() {
        return json.completionTokens();
    }

    /** Those of the prompt's tokens that the provider read from a cache; 0 if it said nothing. */
    public long cachedTokens() {
        return json.cachedTokens();
    }

    /** Those of the prompt's tokens that it wrote into a cache; 0 if it said nothing. */
    public long cacheWrites() {
        return json.cacheWrites();
    }

    /** Those of the answer's tokens that were thoughts; 0 if the provider said nothing. */
    public long reasoningTokens() {
        return json.reasoningTokens();
    }

    /** How many chunks with something in {@code choices} have passed; most hold one token each. */
    public long chunks() {
        return chunks;
    }

    /** How many events have passed. */
    public long events() {
        return events;
    }

    /** How many bytes of generated text have passed: what an estimate can be made from. */
    public long generatedBytes() {
        return json.generatedBytes();
    }

    /** Whether the stream said that it is complete ({@code data: [DONE]}). */
    public boolean done() {
        return done;
    }

    /** Whether an error object passed: how a provider tells that it fails in mid-stream. */
    public boolean errorSeen() {
        return json.errorSeen();
    }

    private void events(byte[] bytes, int from, int to, Sink client) throws IOException {
        int undecided = from; // everything before it was handed on, held or taken out
        int eventStart = from;
        for (int i = from; i < to; ) {
            i = line(bytes, i, to);
            if (onlyLineFeed && takenOut) {
                undecided = i;
            }
            takenOut = eventEnded && withoutUsageChunk && json.usageOnly() && !released;
            if (eventEnded) {
                if (takenOut) {
                    heldLength = 0;
                    handOn(bytes, undecided, eventStart, client);
                    undecided = i;
                } else {
                    handOnHeld(client);
                }
                nextEvent();
            }
            if (!inEvent) {
                eventStart = i;
            }
        }
        if (!inEvent) {
            handOn(bytes, undecided, to, client);
        } else {
            hold(bytes, undecided, eventStart, to, client);
        }
    }

    /** Keeps the beginning of an event, unless there is too much of it. */
    private void hold(byte[] bytes, int from, int eventStart, int to, Sink client)
            throws IOException {
        released |= heldLength + to - eventStart > MOST_HELD;
        if (released) {
            handOnHeld(client);
            handOn(bytes, from, to, client);
            return;
        }
        handOn(bytes, from, eventStart, client);
        int length = heldLength + to - eventStart;
        if (length > held.length) {
            held = Arrays.copyOf(held, Math.max(length, 512));
        }
        System.arraycopy(bytes, eventStart, held, heldLength, to - eventStart);
        heldLength = length;
    }

    private void handOnHeld(Sink client) throws IOException {
        if (heldLength > 0) {
            client.accept(held, 0, heldLength);
            heldLength = 0;
        }
    }

    private static void handOn(byte[] bytes, int from, int to, Sink client) throws IOException {
        if (to > from) {
            client.accept(bytes, from, to - from);
        }
    }

    private void nextEvent() {
        done |= doneMatched == DONE.length;
        events++;
        if (json.choicesFilled()) {
            chunks++;
        }
        json.nextText();
        doneMatched = 0;
        inEvent = false;
        released = false;
    }

    /** Reads the next line, or what there is of it; returns the index after it. */
    private int line(byte[] bytes, int from, int to) {
        eventEnded = false;
        onlyLineFeed = afterCarriageReturn && bytes[from] == '\n';
        afterCarriageReturn = false;
        if (onlyLineFeed) {
            return from + 1;
        }
        int end = endOfLine(bytes, from, to);
        content(bytes, from, end);
        if (end == to) {
            return to;
        }
        eventEnded = place == Place.LINE_START && inEvent;
        place = Place.LINE_START;
        int next = end + 1;
        if (bytes[end] == '\r') {
            afterCarriageReturn = next == to;
            if (next < to && bytes[next] == '\n') {
                next++;
            }
        }
        return next;
    }

    private static int endOfLine(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    private void content(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            switch (place) {
                case LINE_START -> {
                    if (bytes[i] == ':') {
                        place = Place.SKIPPED;
                    } else {
                        inEvent = true;
                        nameMatched = 0;
                        place = Place.FIELD_NAME;
                    }
                }
                case FIELD_NAME -> fieldName(bytes[i++]);
                case AFTER_COLON -> {
                    if (bytes[i] == ' ') {
                        i++;
                    }
                    place = Place.IN_DATA;
                }
                case IN_DATA -> {
                    data(bytes, i, end);
                    i = end;
                }
                case SKIPPED -> i = end;
            }
        }
    }

    private void fieldName(byte b) {
        if (b == ':') {
            place = nameMatched == DATA.length ? Place.AFTER_COLON : Place.SKIPPED;
        } else if (nameMatched < DATA.length && b == DATA[nameMatched]) {
            nameMatched++;
        } else {
            place = Place.SKIPPED;
        }
    }

    private void data(byte[] bytes, int from, int end) {
        for (int i = from; i < end && doneMatched >= 0; i++) {
            boolean matches = doneMatched < DONE.length && bytes[i] == DONE[doneMatched];
            doneMatched = matches ? doneMatched + 1 : -1;
        }
        json.scan(bytes, from, end);
    }
}
