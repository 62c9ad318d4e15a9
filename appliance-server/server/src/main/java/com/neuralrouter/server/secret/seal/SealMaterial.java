package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

/**
 * What a person, a file or a credential gives to open a seal. {@link Seals} only reads it: whoever
 * made it closes it, which wipes it.
 */
public sealed interface SealMaterial extends AutoCloseable {
    @Override
    void close();

    /** For a key file, which lies where the record says, and for making shares. */
    record Nothing() implements SealMaterial {
        @Override
        public void close() {}
    }

    /** A passphrase: text in UTF-8, compared byte by byte. */
    record Passphrase(SecretBytes value) implements SealMaterial {
        @Override
        public void close() {
            value.close();
        }
    }

    /** Shares, as many as the seal's threshold: see {@link Seals#collector}. */
    record Shares(ShareCollector collector) implements SealMaterial {
        @Override
        public void close() {
            collector.close();
        }
    }

    /** The PIN of an HSM's token: text in UTF-8. */
    record Pin(SecretBytes value) implements SealMaterial {
        @Override
        public void close() {
            value.close();
        }
    }

    /** A token of OpenBao or HashiCorp Vault: printable ASCII. */
    record Token(SecretBytes value) implements SealMaterial {
        @Override
        public void close() {
            value.close();
        }
    }
}
