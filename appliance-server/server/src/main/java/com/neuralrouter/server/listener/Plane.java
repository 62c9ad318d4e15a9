package com.neuralrouter.server.listener;

import java.util.List;
import java.util.Locale;

/**
 * Who a listener is for, and with it which TLS it speaks. The inference listener still takes TLS
 * 1.2, because apps in the field do, but only with forward secrecy and authenticated encryption
 * (RFC 9325, section 4.2); the other two speak to our own programs and take TLS 1.3 alone.
 */
public enum Plane {
    /** For apps; they come with an API key. */
    INFERENCE(
            List.of("TLSv1.3", "TLSv1.2"),
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")),

    /** For administrators; they come with a client certificate, and nobody else gets in. */
    ADMIN(List.of("TLSv1.3"), tls13Suites()),

    /** For devices that have an enrolment code and no certificate yet. */
    ENROLMENT(List.of("TLSv1.3"), tls13Suites());

    private final List<String> protocols;
    private final List<String> cipherSuites;

    Plane(List<String> protocols, List<String> cipherSuites) {
        this.protocols = protocols;
        this.cipherSuites = cipherSuites;
    }

    /** Its name in messages, in the configuration and in logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> protocols() {
        return protocols;
    }

    /** The preferred one first. */
    List<String> cipherSuites() {
        return cipherSuites;
    }

    boolean clientCertificateRequired() {
        return this == ADMIN;
    }

    /**
     * Whether Helidon looks through the headers of every answer. Not those to apps: they are our
     * own but for a provider's content type, which was looked through when it came.
     */
    boolean checksAnswers() {
        return this != INFERENCE;
    }

    private static List<String> tls13Suites() {
        return List.of(
                "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");
    }
}
