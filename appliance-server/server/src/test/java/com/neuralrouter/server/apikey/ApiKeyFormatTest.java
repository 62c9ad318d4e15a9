package com.neuralrouter.server.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;

class ApiKeyFormatTest {
    private final ApiKeyFormat.GeneratedKey key = ApiKeyFormat.generate(new SecureRandom());

    @Test
    void generatesKeysOfThePublishedForm() {
        assertThat(key.text())
                .hasSize(ApiKeyFormat.LENGTH)
                .matches("nr_[0-9A-Za-z]{10}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}")
                .startsWith(ApiKeyFormat.prefix(key.kid()) + "_");
    }

    @Test
    void findsTheKidOfAKeyItGenerated() {
        assertThat(ApiKeyFormat.kid(key.text())).contains(key.kid());
    }

    @Test
    void keepsAReferenceOfTheWholeKeyAndTheEndOfItsSecretPart() throws Exception {
        var sha256 =
                MessageDigest.getInstance("SHA-256")
                        .digest(key.text().getBytes(StandardCharsets.US_ASCII));

        assertThat(key.reference()).isEqualTo(sha256);
        assertThat(key.lastFour()).isEqualTo(key.text().substring(53, 57));
    }

    @Test
    void agreesWithAKeyWhoseChecksumAnotherProgramComputed() {
        // CRC-32 of the text before the last underscore is 0xca132a21 (python3 zlib.crc32).
        var known = "nr_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq_3hR9ph";

        assertThat(ApiKeyFormat.kid(known)).contains("0123456789");
    }

    @Test
    void refusesAKeyWithAnySingleCharacterChanged() {
        for (int i = 0; i < ApiKeyFormat.LENGTH; i++) {
            var changed = new StringBuilder(key.text());
            changed.setCharAt(i, changed.charAt(i) == 'x' ? 'y' : 'x');

            assertThat(ApiKeyFormat.kid(changed.toString())).as("changed at %d", i).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoKey() {
        var tooLong = key.text() + "0";
        var tooShort = key.text().substring(1);
        var foreign = "sk-" + "a".repeat(61);
        var beyondAscii = key.text().replaceFirst("nr_.", "nr_\u0661");

        assertThat(new String[] {"", "nr_", tooLong, tooShort, foreign, beyondAscii})
                .allSatisfy(text -> assertThat(ApiKeyFormat.kid(text)).isEmpty());
    }

    @Test
    void drawsEveryKeyAnew() {
        var random = new SecureRandom();
        var seen = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(ApiKeyFormat.generate(random).text());
        }

        assertThat(seen).hasSize(1_000);
    }

    @Test
    void showsNoSecretInItsText() {
        assertThat(key.toString())
                .contains("redacted")
                .contains(key.kid())
                .doesNotContain(key.text())
                .doesNotContain(key.lastFour());
    }
}
