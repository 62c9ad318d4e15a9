package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.AeadKey;
import com.neuralrouter.server.secret.SecretBytes;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The seal of a passphrase: its key is derived with Argon2id (RFC 9106, version 0x13) from the
 * passphrase's bytes in UTF-8 and a random salt.
 */
final class Passphrase {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int MIN_CHARACTERS = 12;
    private static final int MAX_BYTES = 1024;

    private Passphrase() {}

    static Seal create(
            SecretSource source, SecretBytes passphrase, Argon2Cost cost, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Map<String, String> parameters = new TreeMap<>();
        refuseWeak(passphrase);
        parameters.put("source", source.text());
        parameters.put("salt", HexFormat.of().formatHex(salt));
        cost.putTo(parameters);
        AeadKey key = AeadKey.owning(key(passphrase, salt, cost), random);
        return KekSeal.made(SealKind.PASSPHRASE, parameters, key);
    }

    static Seal open(SealRecord record, SecretBytes passphrase, SecureRandom random) {
        byte[] salt = record.bytes("salt");
        if (salt.length != SALT_BYTES) {
            throw new SealRefused(
                    "The passphrase seal's salt has %d bytes instead of %d; restore keys/vault.json from the key backup."
                            .formatted(salt.length, SALT_BYTES));
        }
        AeadKey key = AeadKey.owning(key(passphrase, salt, Argon2Cost.of(record)), random);
        return KekSeal.opened(record, key, "The passphrase is wrong; nothing was opened.");
    }

    private static byte[] key(SecretBytes passphrase, byte[] salt, Argon2Cost cost) {
        cost.refuseBeyond(Runtime.getRuntime().maxMemory());
        refuseLong(passphrase);
        byte[] bytes = passphrase.copy();
        try {
            return argon2id(
                    bytes,
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(cost.memoryKib())
                            .withIterations(cost.iterations())
                            .withParallelism(cost.lanes())
                            .withSalt(salt)
                            .build());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static byte[] argon2id(byte[] passphrase, Argon2Parameters parameters) {
        byte[] key = new byte[KEY_BYTES];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        generator.generateBytes(passphrase, key);
        return key;
    }

    private static void refuseLong(SecretBytes passphrase) {
        if (passphrase.length() > MAX_BYTES) {
            throw new SealRefused("The passphrase has more than %d bytes.".formatted(MAX_BYTES));
        }
    }

    /** Length is all that is asked: what else makes a passphrase strong can't be seen in it. */
    private static void refuseWeak(SecretBytes passphrase) {
        byte[] bytes = passphrase.copy();
        int characters = 0;
        for (byte unit : bytes) {
            characters += (unit & 0xC0) == 0x80 ? 0 : 1; // UTF-8: 10xxxxxx goes on with one
        }
        Arrays.fill(bytes, (byte) 0);
        if (characters < MIN_CHARACTERS) {
            throw new SealRefused(
                    "The passphrase has fewer than %d characters; take four or more random words."
                            .formatted(MIN_CHARACTERS));
        }
    }
}
