package com.neuralrouter.contract;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Tells whether two names are one person's: case, spacing and Unicode's forms do not matter. The
 * appliance decides by it who may decide about a proposal, and the desktop what it offers.
 */
public final class Persons {
    private Persons() {}

    public static boolean same(String one, String other) {
        return known(one).equals(known(other));
    }

    /** By what a person is known. */
    public static String known(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("[\\p{Z}\\s]+", " ")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
