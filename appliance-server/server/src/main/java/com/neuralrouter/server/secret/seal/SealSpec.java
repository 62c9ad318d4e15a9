package com.neuralrouter.server.secret.seal;

import java.nio.file.Path;

/** What a new seal is to be: public values only, as somebody chose them at {@code init}. */
public sealed interface SealSpec {
    SealKind kind();

    /** Where the secret comes from at each start; a kind without one says {@code Person}. */
    default SecretSource source() {
        return new SecretSource.Person();
    }

    /**
     * A file that is made with the seal and must not be there yet.
     *
     * @param file a relative path is taken from the site's folder
     */
    record KeyFile(Path file) implements SealSpec {
        @Override
        public SealKind kind() {
            return SealKind.KEY_FILE;
        }
    }

    /** A passphrase under Argon2id. */
    record Passphrase(SecretSource source, Argon2Cost cost) implements SealSpec {
        @Override
        public SealKind kind() {
            return SealKind.PASSPHRASE;
        }
    }

    /** A random key split in shares: any {@code threshold} of {@code count} open the seal. */
    record Shares(int threshold, int count) implements SealSpec {
        @Override
        public SealKind kind() {
            return SealKind.SHARES;
        }
    }

    /** An AES-256 key in an HSM; the one of that label is taken, or made if there is none. */
    record Pkcs11(Pkcs11Key key, SecretSource source) implements SealSpec {
        @Override
        public SealKind kind() {
            return SealKind.PKCS11;
        }
    }

    /** A key of a transit engine, which must be there. */
    record Transit(TransitKey key, SecretSource source) implements SealSpec {
        @Override
        public SealKind kind() {
            return SealKind.TRANSIT;
        }
    }
}
