package com.neuralrouter.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.neuralrouter.server.apikey.ApiKeyFormat;

import java.util.zip.CRC32;

/** API keys, as they come and with a right checksum behind them. */
public final class KeyFuzz {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private KeyFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String presented = new String(data, ISO_8859_1);
        check(presented);
        check(presented + '_' + checksum(presented));
    }

    /** What is taken for a key has a key's form: nothing but its alphabet, at its length. */
    private static void check(String presented) {
        ApiKeyFormat.kid(presented)
                .ifPresent(kid ->
                        assertThat(presented)
                                .matches("nr_" + kid + "_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}"));
    }

    private static String checksum(String checked) {
        var crc = new CRC32();
        crc.update(checked.getBytes(ISO_8859_1));
        var digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < 6; rest /= ALPHABET.length()) {
            digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
        }
        return digits.reverse().toString();
    }
}
