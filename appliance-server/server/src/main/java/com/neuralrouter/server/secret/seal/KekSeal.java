package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.AeadKey;
import com.neuralrouter.server.secret.UnopenableSecret;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A seal whose key is in this process while it is open: key file, passphrase and shares. They
 * differ in where the key comes from, not in what is done with it.
 */
final class KekSeal implements Seal {
    static final String CHECK = "check";

    private final SealRecord record;
    private final AeadKey key;

    private KekSeal(SealRecord record, AeadKey key) {
        this.record = record;
        this.key = key;
    }

    /** A new seal; the key's check value joins the parameters. */
    static KekSeal made(SealKind kind, Map<String, String> parameters, AeadKey key) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put(CHECK, HexFormat.of().formatHex(key.checkValue()));
        try {
            return new KekSeal(new SealRecord(kind, all), key);
        } catch (SealRefused refused) {
            key.close();
            throw refused;
        }
    }

    /** Throws {@link SealRefused} with the sentence, and wipes the key, if it is another one. */
    static KekSeal opened(SealRecord record, AeadKey key, String whenWrong) {
        boolean right = false;
        try {
            right = key.hasCheckValue(record.bytes(CHECK));
        } finally {
            if (!right) {
                key.close();
            }
        }
        if (!right) {
            throw new SealRefused(whenWrong);
        }
        return new KekSeal(record, key);
    }

    @Override
    public SealRecord record() {
        return record;
    }

    @Override
    public byte[] wrap(byte[] plain, byte[] associated) {
        Wrapping.check(plain, associated);
        return key.wrap(plain, associated);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associated) {
        Wrapping.check(associated);
        try {
            return key.unwrap(wrapped, associated);
        } catch (UnopenableSecret _) {
            throw Wrapping.altered();
        }
    }

    @Override
    public String toString() {
        return "KekSeal[" + record.kind().text() + "]";
    }

    @Override
    public void close() {
        key.close();
    }
}
