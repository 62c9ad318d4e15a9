package com.neuralrouter.server.secret.seal;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a key is in an HSM: the vendor's library, the token in it, and the key's label.
 *
 * @param library the PKCS#11 library's absolute path
 * @param device the token: {@code label:NAME}, which survives a change of slots, or {@code
 *     slot:NUMBER}
 * @param label the key's {@code CKA_LABEL}
 */
public record Pkcs11Key(Path library, String device, String label) {
    /** The library's path stands between quotes in the provider's configuration. */
    private static final Pattern PATH = Pattern.compile("/[^\"\\\\\\p{Cntrl}]{1,500}");

    private static final Pattern TOKEN =
            Pattern.compile("label:[^\\p{Cntrl}]{1,32}|slot:[0-9]{1,18}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Pkcs11Key {
        check(PATH, library.toString(), "The HSM's library is an absolute path without quotes");
        check(TOKEN, device, "The HSM's token is 'label:NAME' or 'slot:NUMBER'");
        check(LABEL, label, "The key's label has up to 64 letters, digits, '.', '_' and '-'");
    }

    static Pkcs11Key of(SealRecord record) {
        return new Pkcs11Key(
                Path.of(record.text("library")), record.text("token"), record.text("key"));
    }

    private static void check(Pattern pattern, String value, String rule) {
        if (!pattern.matcher(value).matches()) {
            throw new SealRefused("%s, not '%s'.".formatted(rule, value));
        }
    }
}
