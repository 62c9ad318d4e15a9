package com.neuralrouter.server.bootstrap;

import java.nio.file.Path;

/** Where a site keeps what; the layout is documented in {@code docs/reference/file-layout.md}. */
public record SiteFolder(Path root) {

    public SiteFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** The configuration, the one file that is edited by hand. */
    public Path config() {
        return root.resolve("appliance.yaml");
    }

    /** The site's PKI. */
    public Path certs() {
        return root.resolve("certs");
    }

    /** The root certificate, PEM: what apps and desktops trust. */
    public Path rootCertificate() {
        return certs().resolve("root.pem");
    }

    /** The vault: the site's keys, wrapped under the root key, and the root key, sealed. */
    public Path vault() {
        return keys().resolve("vault.json");
    }

    /** The vault and, with that seal, the key file. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** The public keys of receipts, for who checks one on this machine. */
    public Path receiptKeys() {
        return keys().resolve("receipt-jwks.json");
    }

    /** The store's folder. */
    public Path store() {
        return root.resolve("data");
    }

    /** The audit log. */
    public Path audit() {
        return root.resolve("audit");
    }

    /** What a timestamp authority has stamped of the audit log. */
    public Path timestamps() {
        return audit().resolve("timestamps");
    }

    /** The sites whose audit logs this one witnesses. */
    public Path peers() {
        return audit().resolve("peers");
    }

    /** Where requests are recorded until they are in the store. */
    public Path journal() {
        return root.resolve("journal");
    }

    /**
     * The key store of the operator on this box, with which the command speaks to the admin
     * listener.
     */
    public Path operatorKeyStore() {
        return root.resolve("admin").resolve("operator.p12");
    }

    /** The password of {@link #operatorKeyStore()}. */
    public Path operatorPassword() {
        return root.resolve("admin").resolve("operator.password");
    }

    /** Locked while a server runs on this folder; holds its process id and ports. */
    public Path lock() {
        return root.resolve("run").resolve("serve.lock");
    }

    /** The control socket of the server that runs on this folder. */
    public Path controlSocket() {
        return root.resolve("run").resolve("control.sock");
    }
}
