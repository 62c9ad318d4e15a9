package com.neuralrouter.server.detect;

import java.util.Locale;
import java.util.SplittableRandom;

/** Pieces of text from a seed. */
class SampleText {
    static final String DIGITS = "0123456789";
    static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String ALNUM = DIGITS + UPPER + UPPER.toLowerCase(Locale.ROOT);

    private static final String[] WORDS = {
        "the",
        "invoice",
        "of",
        "March",
        "was",
        "paid",
        "by",
        "Anna",
        "Müller",
        "für",
        "Rechnung",
        "une",
        "facture",
        "ordered",
        "42",
        "items",
        "at",
        "3.50",
        "on",
        "2024-11-30",
        "see",
        "https://example.org/a/17?x=9",
        "version",
        "1.2.3",
        "meeting",
        "10:30",
        "Room",
        "B-12",
        "№",
        "東京",
        "naïve",
        "and",
        "then"
    };

    final SplittableRandom random;

    SampleText(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String prose() {
        var text = new StringBuilder();
        for (int i = random.nextInt(3, 12); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(i == 1 ? "" : " ");
        }
        return text.toString();
    }

    String uuid() {
        return chars("0123456789abcdef", 8)
                + "-"
                + chars("0123456789abcdef", 4)
                + "-7"
                + chars("0123456789abcdef", 3)
                + "-a"
                + chars("0123456789abcdef", 3)
                + "-"
                + chars("0123456789abcdef", 12);
    }

    String name() {
        return chars(UPPER.toLowerCase(Locale.ROOT), random.nextInt(3, 9));
    }

    String digits(int count, boolean noZeroFirst) {
        String digits = chars(DIGITS, count);
        return noZeroFirst && digits.startsWith("0") ? "7" + digits.substring(1) : digits;
    }

    String chars(String from, int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String grouped(String number, int size) {
        String separator = pick("", " ", "-");
        var text = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            text.append(i > 0 && i % size == 0 ? separator : "").append(number.charAt(i));
        }
        return text.toString();
    }

    /** One digit more in the last place that has one. */
    static String broken(String number) {
        for (int i = number.length() - 1; i >= 0; i--) {
            char c = number.charAt(i);
            if (Character.isDigit(c)) {
                return number.substring(0, i)
                        + (char) ('0' + (c - '0' + 1) % 10)
                        + number.substring(i + 1);
            }
        }
        return number;
    }
}
