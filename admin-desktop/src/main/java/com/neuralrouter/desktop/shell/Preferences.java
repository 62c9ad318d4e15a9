package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.ui.theme.Themes;

import javafx.beans.property.ObjectProperty;

/**
 * What the settings screen can change and what it shows of this device. Every property is saved by
 * {@code Desktop} as soon as it is set.
 *
 * @param language what was chosen; takes effect at the next start
 * @param device what this desktop identifies itself with
 * @param leave goes back to the list of appliances
 */
public record Preferences(
        Themes themes, ObjectProperty<Language> language, ThisDevice device, Runnable leave) {

    /** A language the window speaks. */
    public enum Language {
        /** Whatever the operating system says. */
        SYSTEM,
        ENGLISH,
        GERMAN
    }

    /**
     * The identity in use.
     *
     * @param appliance host and port of the admin listener
     * @param keyStore the PKCS#12 file with the private key
     * @param protection how its password is kept: the key of a sentence
     */
    public record ThisDevice(String appliance, String keyStore, String protection) {}
}
