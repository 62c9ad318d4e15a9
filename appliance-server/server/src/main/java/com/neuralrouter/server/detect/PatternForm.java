package com.neuralrouter.server.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.util.List;

/**
 * A word with something in it by which it is found at once, as in {@code sk-} or {@code @}; then a
 * pattern of RE2 is asked about that word alone.
 */
final class PatternForm implements Form {
    private final Pattern pattern;
    private final Token token;
    private final Check check;
    private final Context context;

    /**
     * The word that the pattern is asked about.
     *
     * @param literals one of them is in every match
     * @param before how much of the word may stand before the literal; 0 means that the word begins
     *     with it
     * @param body the characters that the word consists of, as in {@code A-Za-z0-9_-}
     * @param longest how long it can be from the literal on
     * @param until if not empty, a match goes on to where this ends
     * @param untilBody and over nothing but these characters
     * @param untilLongest and not farther than that
     */
    record Token(
            List<String> literals,
            int before,
            Characters body,
            int longest,
            String until,
            Characters untilBody,
            int untilLongest) {}

    /** A set of ASCII characters. */
    record Characters(boolean[] in) {
        static Characters of(String written) {
            boolean[] in = new boolean[128];
            NumberForm.expanded(written).chars().forEach(c -> in[c] = true);
            return new Characters(in);
        }

        boolean has(char c) {
            return c < in.length && in[c];
        }
    }

    PatternForm(String pattern, Token token, Check check, Context context) {
        this.pattern = Pattern.compile(pattern);
        this.token = token;
        this.check = check;
        this.context = context;
    }

    @Override
    public int longest() {
        return token.before() + token.longest() + token.untilLongest();
    }

    @Override
    public void find(String text, Found found) {
        for (String literal : token.literals()) {
            int done = 0;
            int at = text.indexOf(literal);
            while (at >= 0) {
                int end = bodyEnd(text, at + literal.length(), at + token.longest());
                done =
                        token.before() == 0
                                ? initial(text, at, end, found)
                                : within(text, done, at, end, found);
                at = text.indexOf(literal, Math.max(at + 1, done));
            }
        }
    }

    /** Returns from where to search on. */
    private int initial(String text, int at, int end, Found found) {
        if (!Form.wordMayBegin(text, at)) {
            return at + 1;
        }
        String word = text.substring(at, end);
        Matcher matcher = pattern.matcher(word);
        if (!matcher.lookingAt()
                || !Form.wordMayEnd(text, at + matcher.end())
                || !accepted(text, at, word.substring(0, matcher.end()))) {
            return at + 1;
        }
        int to = token.until().isEmpty() ? at + matcher.end() : extended(text, at + matcher.end());
        found.match(at, to);
        return to;
    }

    private int within(String text, int done, int at, int end, Found found) {
        int from = at;
        while (from > done
                && at - from < token.before()
                && token.body().has(text.charAt(from - 1))) {
            from--;
        }
        String word = text.substring(from, end);
        Matcher matcher = pattern.matcher(word);
        int searched = 0;
        while (searched < word.length() && matcher.find(searched)) {
            if (accepted(text, from + matcher.start(), matcher.group())) {
                found.match(from + matcher.start(), from + matcher.end());
            }
            searched = Math.max(matcher.end(), searched + 1);
        }
        boolean whole = end == text.length() || !token.body().has(text.charAt(end));
        return whole ? end : Math.max(from + searched, at + token.longest() / 2);
    }

    private boolean accepted(String text, int from, String match) {
        return check.passes(match.toCharArray(), match.length()) && context.stands(text, from);
    }

    private int extended(String text, int from) {
        int end = from;
        int most = Math.min(text.length(), from + token.untilLongest());
        while (end < most && token.untilBody().has(text.charAt(end))) {
            end++;
        }
        int closing =
                text.indexOf(
                        token.until(), from, Math.min(text.length(), end + token.until().length()));
        return closing < 0 ? end : closing + token.until().length();
    }

    private int bodyEnd(String text, int from, int most) {
        int end = from;
        int last = Math.min(text.length(), most);
        while (end < last && token.body().has(text.charAt(end))) {
            end++;
        }
        return Math.min(end, text.length());
    }

    @Override
    public int openFrom(String text) {
        int end = text.length();
        int open = end;
        if (token.before() > 0) {
            while (open > 0 && end - open < longest() && token.body().has(text.charAt(open - 1))) {
                open--;
            }
            return open;
        }
        for (String literal : token.literals()) {
            open = Math.min(open, openFrom(text, literal));
        }
        return open;
    }

    private int openFrom(String text, String literal) {
        int end = text.length();
        int at = text.indexOf(literal, Math.max(0, end - longest()));
        while (at >= 0) {
            if (Form.wordMayBegin(text, at) && isOpen(text, at, literal)) {
                return at;
            }
            at = text.indexOf(literal, at + 1);
        }
        for (int length = Math.min(literal.length() - 1, end); length > 0; length--) {
            if (literal.startsWith(text.substring(end - length))
                    && Form.wordMayBegin(text, end - length)) {
                return end - length;
            }
        }
        return end;
    }

    private boolean isOpen(String text, int at, String literal) {
        int bodyEnd = bodyEnd(text, at + literal.length(), at + token.longest());
        if (bodyEnd == text.length()) {
            return true;
        }
        if (token.until().isEmpty()) {
            return false;
        }
        Matcher matcher = pattern.matcher(text.substring(at, bodyEnd));
        if (!matcher.lookingAt()) {
            return false;
        }
        int from = at + matcher.end();
        int to = extended(text, from);
        return to == text.length()
                && to - from < token.untilLongest()
                && !text.startsWith(token.until(), to - token.until().length());
    }
}
