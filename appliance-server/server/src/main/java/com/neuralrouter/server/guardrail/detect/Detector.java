package com.neuralrouter.server.guardrail.detect;

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

    /**
     * A site's own pattern. Throws {@link IllegalArgumentException} if it is none of RE2.
     *
     * @param longest the longest text that it is meant to find, characters
     */
    public static Detector ofSite(String id, String pattern, int longest) {
        try {
            return new Detector(id, SITE, List.of(new SearchForm(pattern, longest)));
        } catch (com.google.re2j.PatternSyntaxException wrong) {
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
