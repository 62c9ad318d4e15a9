package com.neuralrouter.server.admin;

import java.util.regex.Pattern;

/** What things of a site may be called, the same for all kinds of them. */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    /** A name that stands in paths and documents. Throws {@link AdminRefused}. */
    public static String demandName(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw AdminRefused.field(
                    field,
                    "must be 1 to 63 lower-case letters, digits and '-', and not begin with '-'");
        }
        return name;
    }

    /** A text for people: no control characters, at the most so long. */
    public static String demandText(String field, String text, int most) {
        if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw AdminRefused.field(
                    field,
                    "must be at most " + most + " characters, none of them a control character");
        }
        return text;
    }

    /** The same, and not blank. */
    public static String demandLabel(String field, String text, int most) {
        if (text.isBlank()) {
            throw AdminRefused.field(field, "must not be blank");
        }
        return demandText(field, text, most);
    }
}
