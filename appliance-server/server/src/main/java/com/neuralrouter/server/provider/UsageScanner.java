package com.neuralrouter.server.provider;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one JSON text of an answer's format byte by byte, as it comes in pieces split anywhere, and
 * notes the few things that metering needs. It builds no objects, never fails, and of a text that
 * is not JSON it notes what looked like JSON. Used by one thread.
 *
 * <p>A string is taken for a key when a colon follows it, so the nesting need only be counted. A
 * key that is written with escapes is not recognised; no server writes one so.
 */
final class UsageScanner {
    /** Longer strings are no key that is looked for. */
    private static final int LONGEST_KEY = 27;

    /** Up to 18 digits fit into a long. */
    private static final int MOST_DIGITS = 18;

    /** What a key means, whatever the format calls it. */
    private enum Key {
        OTHER,
        CHOICES,
        USAGE,
        ERROR,
        INPUT,
        CACHE_READ,
        CACHE_WRITE,
        OUTPUT,
        /** Contained in the input, in an object of its own within the usage. */
        CACHED,
        /** Contained in the output, in the same way. */
        REASONING,
        GENERATED
    }

    /** The keys of one format. */
    static final class Words {
        static final Words OPENAI =
                new Words(
                        List.of(
                                new Word("choices", Key.CHOICES),
                                new Word("usage", Key.USAGE),
                                new Word("error", Key.ERROR),
                                new Word("prompt_tokens", Key.INPUT),
                                new Word("completion_tokens", Key.OUTPUT),
                                new Word("cached_tokens", Key.CACHED),
                                new Word("reasoning_tokens", Key.REASONING),
                                new Word("content", Key.GENERATED),
                                new Word("text", Key.GENERATED),
                                new Word("arguments", Key.GENERATED),
                                new Word("reasoning_content", Key.GENERATED),
                                new Word("refusal", Key.GENERATED)),
                        2,
                        true);
        static final Words ANTHROPIC =
                new Words(
                        List.of(
                                new Word("usage", Key.USAGE),
                                new Word("error", Key.ERROR),
                                new Word("input_tokens", Key.INPUT),
                                new Word("cache_read_input_tokens", Key.CACHE_READ),
                                new Word("cache_creation_input_tokens", Key.CACHE_WRITE),
                                new Word("output_tokens", Key.OUTPUT),
                                new Word("text", Key.GENERATED),
                                new Word("thinking", Key.GENERATED),
                                new Word("partial_json", Key.GENERATED)),
                        3,
                        false);
        static final Words RESPONSES = responses("text", "arguments");

        /** Every text comes once more when it is done: only what is new is counted. */
        static final Words RESPONSES_STREAM = responses("delta", "delta");

        /** The keys by their length: most keys of an answer share it with one or two of them. */
        private final Word[][] byLength = new Word[LONGEST_KEY + 1][];

        /** How deep {@code usage} may stand at the most: in some events it is in a member. */
        private final int within;

        /** Whether generated text is only what stands in {@code choices}. */
        private final boolean choices;

        private Words(List<Word> words, int within, boolean choices) {
            for (int length = 0; length <= LONGEST_KEY; length++) {
                int wanted = length;
                byLength[length] =
                        words.stream()
                                .filter(word -> word.text.length == wanted)
                                .toArray(Word[]::new);
            }
            this.within = within;
            this.choices = choices;
        }

        /** An event {@code error} has its message where others have none. */
        private static Words responses(String text, String arguments) {
            return new Words(
                    List.of(
                            new Word("usage", Key.USAGE),
                            new Word("error", Key.ERROR),
                            new Word("message", Key.ERROR),
                            new Word("input_tokens", Key.INPUT),
                            new Word("output_tokens", Key.OUTPUT),
                            new Word("cached_tokens", Key.CACHED),
                            new Word("reasoning_tokens", Key.REASONING),
                            new Word(text, Key.GENERATED),
                            new Word(arguments, Key.GENERATED)),
                    3,
                    false);
        }
    }

    private static final class Word {
        private final byte[] text;
        private final Key key;

        Word(String text, Key key) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.key = key;
        }

        boolean is(byte[] name, int length) {
            return Arrays.equals(text, 0, text.length, name, 0, length);
        }
    }

    private final Word[][] words;
    private final int usageWithin;
    private final boolean inChoices;
    private final byte[] string = new byte[LONGEST_KEY];
    private int stringLength;
    private boolean inString;
    private boolean escaped;

    private int depth;
    private Key key = Key.OTHER;

    /** Where the array {@code choices} and the object {@code usage} are open, 0 where not. */
    private int choicesDepth;

    private int usageDepth;
    private boolean choicesEmpty;
    private boolean choicesFilled;
    private boolean usageSeen;
    private boolean errorSeen;

    /** The number that is being read, or the number of digits 0. */
    private long number;

    private int digits;
    private boolean counting;

    private long inputTokens = -1;
    private long cacheReads;
    private long cacheWrites;
    private long contained;
    private long reasoning;
    private long completionTokens = -1;
    private long generatedBytes;

    UsageScanner(Words format) {
        this.words = format.byLength;
        this.usageWithin = format.within;
        this.inChoices = format.choices;
    }

    /** Begins the next text; the token counts and {@link #generatedBytes} stay. */
    void nextText() {
        inString = false;
        escaped = false;
        depth = 0;
        key = Key.OTHER;
        choicesDepth = 0;
        usageDepth = 0;
        choicesEmpty = false;
        choicesFilled = false;
        usageSeen = false;
        counting = false;
        digits = 0;
        number = 0;
    }

    /** Whether this text has {@code choices} with something in it. */
    boolean choicesFilled() {
        return choicesFilled;
    }

    /** Whether this text has an object {@code usage}, and {@code choices} with nothing in it. */
    boolean usageOnly() {
        return usageSeen && choicesEmpty && !choicesFilled;
    }

    /** Whether any text had a member {@code error} that is not null. */
    boolean errorSeen() {
        return errorSeen;
    }

    /** What was reported last, -1 if nothing was. */
    long promptTokens() {
        return inputTokens < 0 ? -1 : inputTokens + cacheReads + cacheWrites;
    }

    /** What was reported last, -1 if nothing was. */
    long completionTokens() {
        return completionTokens;
    }

    /** Of the prompt's tokens; 0 if nothing was reported. */
    long cachedTokens() {
        return cacheReads + contained;
    }

    /** Of the prompt's tokens; 0 if nothing was reported. */
    long cacheWrites() {
        return cacheWrites;
    }

    /** Of the answer's tokens; 0 if nothing was reported. */
    long reasoningTokens() {
        return reasoning;
    }

    /** How many bytes of generated text have passed, in all texts together. */
    long generatedBytes() {
        return generatedBytes;
    }

    void scan(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (inString) {
                i = skipString(bytes, i, to);
            } else {
                structure(bytes[i++]);
            }
        }
    }

    private int skipString(byte[] bytes, int from, int to) {
        int i = from;
        if (escaped) {
            escaped = false;
            i++;
        }
        while (i < to) {
            byte b = bytes[i];
            if (b == '"') {
                inString = false;
                break;
            }
            i++;
            if (b == '\\' && i == to) {
                escaped = true;
            } else if (b == '\\') {
                i++;
            }
        }
        int kept = Math.min(i - from, LONGEST_KEY - stringLength);
        if (kept > 0) {
            System.arraycopy(bytes, from, string, stringLength, kept);
        }
        stringLength += i - from;
        if (key == Key.GENERATED && (choicesDepth > 0 || !inChoices)) {
            generatedBytes += i - from;
        }
        return inString ? i : i + 1;
    }

    private void structure(byte b) {
        switch (b) {
            case '"' -> {
                value();
                inString = true;
                stringLength = 0;
            }
            case ':' -> {
                key = stringLength <= LONGEST_KEY ? key(stringLength) : Key.OTHER;
                stringLength = 0;
            }
            case ',' -> {
                endNumber();
                key = Key.OTHER;
            }
            case '{', '[' -> open(b == '[');
            case '}', ']' -> close();
            case ' ', '\t', '\r', '\n' -> endNumber();
            default -> scalar(b);
        }
    }

    private Key key(int length) {
        for (Word word : words[length]) {
            if (word.is(string, length)) {
                return word.key;
            }
        }
        return Key.OTHER;
    }

    private void open(boolean array) {
        value();
        depth++;
        if (depth == 2 && key == Key.CHOICES && array) {
            choicesDepth = depth;
            choicesEmpty = true;
        } else if (key == Key.USAGE && depth >= 2 && depth <= usageWithin && !array) {
            usageDepth = depth;
            usageSeen = true;
        }
        key = Key.OTHER;
    }

    private void close() {
        endNumber();
        if (depth == choicesDepth) {
            choicesDepth = 0;
        }
        if (depth == usageDepth) {
            usageDepth = 0;
        }
        depth--;
        key = Key.OTHER;
    }

    /** Some value begins. */
    private void value() {
        if (depth == choicesDepth && depth > 0) {
            choicesFilled = true;
            choicesEmpty = false;
        }
        if (depth == 1 && key == Key.ERROR) {
            errorSeen = true;
        }
    }

    /** A byte of a number, or of true, false and null. */
    private void scalar(byte b) {
        boolean digit = b >= '0' && b <= '9';
        if (depth == choicesDepth && depth > 0) {
            value();
        }
        if (usageDepth == 0 || !counted()) {
            return;
        }
        if (digit && (counting || digits == 0)) {
            counting = digits < MOST_DIGITS;
            number = number * 10 + b - '0';
            digits++;
        } else {
            // A sign, a fraction, an exponent, a literal: no count.
            counting = false;
            digits = MOST_DIGITS;
        }
    }

    private boolean counted() {
        return switch (key) {
            case INPUT, CACHE_READ, CACHE_WRITE, OUTPUT -> depth == usageDepth;
            case CACHED, REASONING -> depth == usageDepth + 1;
            default -> false;
        };
    }

    private void endNumber() {
        if (counting && digits <= MOST_DIGITS) {
            switch (key) {
                case INPUT -> inputTokens = number;
                case CACHE_READ -> cacheReads = number;
                case CACHE_WRITE -> cacheWrites = number;
                case CACHED -> contained = number;
                case REASONING -> reasoning = number;
                default -> completionTokens = number;
            }
        }
        counting = false;
        digits = 0;
        number = 0;
    }
}
