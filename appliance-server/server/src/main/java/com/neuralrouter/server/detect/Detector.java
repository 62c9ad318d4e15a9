package com.neuralrouter.server.detect;

import com.google.re2j.PatternSyntaxException;

import java.util.List;

/**
 * Finds one kind of thing in texts, whichever way it is written. Immutable, safe for all threads.
 *
 * @param id its name, as in {@code payment-card}
 * @param group what it belongs to, as in {@code pii}
 */
public record Detector(String id, String group, List<Form> forms) {

    public Detector {
        forms = List.copyOf(forms);
    }

    /** The group of a site's own patterns. */
    public static final String SITE = "site";

    /** So many characters of a stream are waited with for a site's patterns. */
    public static final int LONGEST_OF_SITE = 128;

    /**
     * A site's own pattern. In a stream it finds what is at most {@value #LONGEST_OF_SITE}
     * characters long. Throws {@link IllegalArgumentException} if it is none of RE2.
     */
    public static Detector ofSite(String id, String pattern) {
        try {
            return new Detector(id, SITE, List.of(new SearchForm(pattern, LONGEST_OF_SITE)));
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "is not a pattern of RE2: " + wrong.getDescription(), wrong);
        }
    }

    /** The longest that a match can be, in characters. */
    int longest() {
        return forms.stream().mapToInt(Form::longest).max().orElse(0);
    }

    void find(String text, Form.Found found) {
        for (Form form : forms) {
            form.find(text, found);
        }
    }

    int openFrom(String text) {
        int open = text.length();
        for (Form form : forms) {
            open = Math.min(open, form.openFrom(text));
        }
        return open;
    }

    @Override
    public String toString() {
        return "Detector[" + id + "]";
    }
}
