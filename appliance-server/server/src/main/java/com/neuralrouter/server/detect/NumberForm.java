package com.neuralrouter.server.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * A number of fixed shapes, with or without separators in it, and mostly with a check digit. Every
 * character is looked at a bounded number of times.
 */
final class NumberForm implements Form {
    private static final int ASCII = 128;

    /** So many separators in a row still separate two digits of one number. */
    private static final int GAP = 3;

    private final boolean[] separators = new boolean[ASCII];

    /** By place and character: the shapes that have it there, one bit for each. */
    private final long[][] allowed;

    /** By length: the shapes that are complete then. */
    private final long[] complete;

    private final Check check;
    private final Context context;

    /**
     * @param shapes one for each way to write it: {@code #} a digit, {@code @} a letter, {@code *}
     *     either, {@code [1-5]} one of those, anything else itself; at most 64
     */
    NumberForm(List<String> shapes, String separators, Check check, Context context) {
        if (shapes.isEmpty() || shapes.size() > Long.SIZE) {
            throw new IllegalArgumentException("a number has 1 to 64 shapes");
        }
        for (char c : separators.toCharArray()) {
            this.separators[c] = true;
        }
        this.check = check;
        this.context = context;
        List<Shape> parsed = shapes.stream().map(Shape::of).toList();
        int longest = parsed.stream().mapToInt(Shape::length).max().orElseThrow();
        this.allowed = new long[longest][ASCII];
        this.complete = new long[longest + 1];
        for (int i = 0; i < parsed.size(); i++) {
            Shape shape = parsed.get(i);
            complete[shape.length()] |= 1L << i;
            for (int place = 0; place < shape.length(); place++) {
                for (int c = 0; c < ASCII; c++) {
                    if (shape.allows(place, (char) c)) {
                        allowed[place][c] |= 1L << i;
                    }
                }
            }
        }
    }

    @Override
    public int longest() {
        return allowed.length * (1 + GAP);
    }

    @Override
    public void find(String text, Found found) {
        char[] compact = new char[allowed.length];
        int at = 0;
        while (at < text.length()) {
            int end = mayBegin(text, at) ? end(text, at, compact) : -1;
            if (end > 0) {
                found.match(at, end);
                at = end;
            } else {
                at++;
            }
        }
    }

    @Override
    public int openFrom(String text) {
        int end = text.length();
        for (int from = Math.max(0, end - longest()); from < end; from++) {
            if (mayBegin(text, from) && reachesEnd(text, from)) {
                return from;
            }
        }
        return end;
    }

    private boolean mayBegin(String text, int at) {
        char c = text.charAt(at);
        return c < ASCII && allowed[0][upper(c)] != 0 && Form.wordMayBegin(text, at);
    }

    /** Where the longest number that begins there ends; -1 if none does. */
    private int end(String text, int from, char[] compact) {
        long shapes = -1;
        int count = 0;
        int longest = -1;
        int gap = 0;
        for (int at = from; at < text.length() && count < allowed.length; at++) {
            char c = text.charAt(at);
            long more = c < ASCII ? shapes & allowed[count][upper(c)] : 0;
            if (more != 0) {
                shapes = more;
                compact[count++] = upper(c);
                gap = 0;
                if ((shapes & complete[count]) != 0
                        && Form.wordMayEnd(text, at + 1)
                        && check.passes(compact, count)
                        && context.stands(text, from)) {
                    longest = at + 1;
                }
            } else if (c >= ASCII || !separators[c] || ++gap > GAP) {
                return longest;
            }
        }
        return longest;
    }

    private boolean reachesEnd(String text, int from) {
        long shapes = -1;
        int count = 0;
        int gap = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            long more = c < ASCII && count < allowed.length ? shapes & allowed[count][upper(c)] : 0;
            if (more != 0) {
                shapes = more;
                count++;
                gap = 0;
            } else if (count == allowed.length || c >= ASCII || !separators[c] || ++gap > GAP) {
                return false;
            }
        }
        return true;
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }

    /** What may stand at each place of a number; letters in upper case. */
    private record Shape(List<String> places) {
        static Shape of(String written) {
            var places = new ArrayList<String>();
            for (int at = 0; at < written.length(); at++) {
                char c = written.charAt(at);
                if (c == '[') {
                    int end = written.indexOf(']', at);
                    places.add(expanded(written.substring(at + 1, end)));
                    at = end;
                } else {
                    places.add(
                            switch (c) {
                                case '#' -> expanded("0-9");
                                case '@' -> expanded("A-Z");
                                case '*' -> expanded("0-9A-Z");
                                default -> String.valueOf(c);
                            });
                }
            }
            return new Shape(places);
        }

        int length() {
            return places.size();
        }

        boolean allows(int place, char c) {
            return places.get(place).indexOf(c) >= 0;
        }
    }

    /** The characters of a class such as {@code 0-9A-Z}. */
    static String expanded(String written) {
        var all = new StringBuilder();
        for (int at = 0; at < written.length(); at++) {
            char c = written.charAt(at);
            if (at + 2 < written.length() && written.charAt(at + 1) == '-') {
                for (char each = c; each <= written.charAt(at + 2); each++) {
                    all.append(each);
                }
                at += 2;
            } else {
                all.append(c);
            }
        }
        return all.toString();
    }
}
