package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** The filter may let too much through, and must never hold off what is there. */
class TextFilterTest {
    private static final long SEED = 20_261_129;

    @Test
    void neverHoldsOffWhatIsThere() {
        var random = new SplittableRandom(SEED);
        var filter = new TextFilter();
        var texts = new String[2_000];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(random);
            filter.add(texts[i]);
        }

        for (String text : texts) {
            int from = random.nextInt(text.length());
            String part = text.substring(from, random.nextInt(from, text.length()) + 1);
            assertThat(filter.mayHave(part)).as("seed %d: %s", SEED, part).isTrue();
            assertThat(filter.mayHave(part.toUpperCase(Locale.ROOT))).as(part).isTrue();
        }
    }

    private static String text(SplittableRandom random) {
        return "%s %s Jürgen Ünlü-%d 10.0.%d.1 {\"permission\":\"AUDIT_READ\"}"
                .formatted(
                        new UUID(random.nextLong(), random.nextLong()),
                        "api_key/" + random.nextInt(1_000),
                        random.nextInt(1_000),
                        random.nextInt(256));
    }

    @Test
    void holdsOffMostOfWhatIsNotThere() {
        var filter = new TextFilter();
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 4_096; i++) {
            filter.add(text(random));
        }

        for (String word : new String[] {"needle", "haystack", "workspace.deleted", "Zacharias"}) {
            assertThat(filter.mayHave(word)).as(word).isFalse();
        }
    }

    @Test
    void takesADigestForNoWordAndLetsOneThatIsAskedForThrough() {
        var filter = new TextFilter();
        filter.add("{\"siteAfter\":\"mBxq3dyv6Tq9yCw8H0kUoBvD5v3bYvQ0n2m1k9xL7aE\"}");

        assertThat(filter.mayHave("Tq9yCw8")).isFalse();
        assertThat(filter.mayHave("mBxq3dyv6Tq9yCw8H0kUoBvD5v3bYvQ0n2m1k9xL7aE")).isTrue();
        assertThat(filter.mayHave("siteafter")).isTrue();
    }
}
