package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.ui.theme.Themes;

import javafx.beans.property.ObjectProperty;
import javafx.collections.ObservableList;

import java.util.Map;
import java.util.Objects;

/**
 * What the settings screen can change and what it shows of this device. Every property is saved by
 * {@code Desktop} as soon as it is set.
 *
 * @param language what was chosen; takes effect at the next start
 * @param auditViews searches of this appliance's audit trail, in the order they were kept
 * @param device what this desktop identifies itself with
 * @param leave goes back to the list of appliances
 */
public record Preferences(
        Themes themes,
        ObjectProperty<Language> language,
        ObservableList<SavedView> auditViews,
        ThisDevice device,
        Runnable leave) {

    /**
     * A search that was kept.
     *
     * @param fields what was in the form, by field
     */
    public record SavedView(String name, Map<String, String> fields) {
        public SavedView {
            // What is read from a file may lack it.
            Objects.requireNonNull(name);
            fields = Map.copyOf(fields);
        }
    }

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
