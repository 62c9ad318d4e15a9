package com.neuralrouter.desktop.shell;

import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.desktop.ui.theme.Themes;

import javafx.beans.property.ObjectProperty;
import javafx.collections.ObservableList;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the settings screen can change and what it shows of this device. Every property is saved by
 * {@code Desktop} as soon as it is set.
 *
 * @param language what was chosen; the window is made anew in it
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
    public record ThisDevice(
            String appliance, String keyStore, String protection, Certificate certificate) {}

    /**
     * The certificate of that key.
     *
     * @param subject whose it is, as the certificate has it
     * @param fingerprint SHA-256 of its public key, hex
     */
    public record Certificate(String subject, Instant from, Instant until, String fingerprint) {
        /** What that certificate says. */
        public static Certificate of(X509Certificate certificate) {
            return new Certificate(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    Fingerprints.of(certificate));
        }
    }
}
