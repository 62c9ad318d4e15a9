package com.neuralrouter.server.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * A site's own pattern of RE2, searched for everywhere: in time linear in the text, whatever the
 * pattern. In a stream the last {@link #longest} characters are waited with, because nobody knows
 * where a match of any pattern begins.
 */
final class SearchForm implements Form {
    private final Pattern pattern;
    private final int longest;

    SearchForm(String pattern, int longest) {
        this.pattern = Pattern.compile(pattern);
        this.longest = longest;
    }

    @Override
    public int longest() {
        return longest;
    }

    @Override
    public void find(String text, Found found) {
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            if (matcher.end() > matcher.start()) {
                found.match(matcher.start(), matcher.end());
            }
            from = Math.max(matcher.end(), from + 1);
        }
    }

    @Override
    public int openFrom(String text) {
        return Math.max(0, text.length() - longest);
    }
}
