package com.neuralrouter.server.approval;

import java.text.Normalizer;
import java.util.Locale;

/** Tells whether two names are one person's: case, spacing and Unicode's forms do not matter. */
final class Persons {
    private Persons() {}

    static boolean same(String one, String other) {
        return known(one).equals(known(other));
    }

    /** By what a person is known. */
    static String known(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("[\\p{Z}\\s]+", " ")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
