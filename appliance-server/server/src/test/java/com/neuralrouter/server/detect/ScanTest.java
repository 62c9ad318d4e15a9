package com.neuralrouter.server.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;

/** How things hide, how long looking takes, and that nothing is left of what was found. */
class ScanTest {
    private static final System.Logger LOG = System.getLogger(ScanTest.class.getName());
    private static final DetectorCatalogue CATALOGUE = ShippedDetectors.catalogue();
    private static final Scan ALL = new Scan(List.copyOf(CATALOGUE.detectors()));

    /** Generous, for slow machines; the figures are printed. Processor time. */
    private static final long MOST_MICROS_PER_KIB = 5_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111\u200b1111\u200b1111\u200b1111",
                "\uff14\uff11\uff11\uff11 \uff11\uff11\uff11\uff11 \uff11\uff11\uff11\uff11"
                        + " \uff11\uff11\uff11\uff11",
                "4111\u00a01111\u20111111\u20111111",
                "\\u0034\\u003111111111111111",
                "\\\\u0034111111111111111",
                "\u0664\u0661\u0661\u0661 1111 1111 1111",
                "4\u00ad1\u00ad1\u00ad1\u00ad1111\u00ad1111\u00ad1111",
                "4\u03361\u03361\u03361\u0336 1111 1111 1111",
                "\ud835\udfd2\ud835\udfcf\ud835\udfcf\ud835\udfcf 1111 1111 1111",
                "\\ud835\\udfd2111 1111 1111 1111",
                "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1",
                "4111 - 1111 - 1111 - 1111",
                "\u20674111111111111111\u2069",
                "4111\u00001111\u00081111\u001f1111"
            })
    void seesACardHowsoeverItIsWritten(String card) {
        List<Match> matches = ALL.matches("Pay with " + card + " today");

        assertThat(matches).hasSize(1);
        assertThat(
                        ("Pay with " + card + " today")
                                .substring(matches.getFirst().from(), matches.getFirst().to())
                                .strip())
                .isEqualTo(
                        card.replace("\u2067", "")
                                .replace(
                                        "\u2069",
                                        matches.getFirst().to() == 9 + card.length() - 1
                                                ? ""
                                                : "\u2069"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane\u200b.doe@exa\u200bmple.org",
                "jane.doe\uff20example.org",
                "\\u006aane.doe\\u0040example.org",
                "jane.doe@example\u3002org"
            })
    void seesAnAddressHowsoeverItIsWritten(String address) {
        assertThat(ALL.matches("To " + address + ".")).hasSize(1);
    }

    @Test
    void leavesNothingInMaskedTextThatCanBeFound() {
        long seed = Long.getLong("seed", 4_711);
        var random = new SplittableRandom(seed);
        String alphabet = "0123456789 -.@aZ:/\\u0034_sk-ghpAKIA+\u200b\uff14\n";
        int found = 0;
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20, 400); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (i % 3 == 0) {
                text.insert(random.nextInt(text.length()), " 4111 1111 1111 1111 ");
            }
            String masked = masked(text.toString());
            found += ALL.matches(text.toString()).size();

            assertThat(ALL.matches(masked)).as("seed " + seed + ": " + text).isEmpty();
        }
        assertThat(found).as("found, seed " + seed).isGreaterThan(900);
    }

    @Test
    void takesTimeInProportionToTheText() {
        String prose =
                "Anna paid 42 invoices in 2024, see https://example.org/a?b=1 and call me. "
                        .repeat(220);
        String digits = "4 1 1-1 ".repeat(2_000);
        for (String text : List.of(prose, digits)) {
            for (int warm = 0; warm < 30; warm++) {
                ALL.matches(text);
            }
        }

        double ordinary = microsPerKib(prose);
        double dense = microsPerKib(digits);

        LOG.log(
                System.Logger.Level.INFO,
                "all {0} detectors: {1} µs per KiB of prose, {2} µs per KiB of digits",
                ALL.detectors().size(),
                (long) ordinary,
                (long) dense);
        assertThat(ordinary).isLessThan(MOST_MICROS_PER_KIB);
        assertThat(dense).isLessThan(MOST_MICROS_PER_KIB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(a+)+$", "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){20}", "(x+x+)+y"})
    void isNotSlowedByAPatternThatSlowsOthers(String evil) {
        var scan = new Scan(List.of(Detector.ofSite("evil", evil)));
        String text = "a".repeat(2_000) + "x".repeat(2_000) + "!";
        long began = processorNanos();

        scan.matches(text);

        long millis = (processorNanos() - began) / 1_000_000;
        LOG.log(System.Logger.Level.INFO, "{0} over 4 KB: {1} ms", evil, millis);
        assertThat(millis).isLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "a@",
                "sk-",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "eyJ",
                "://a:b@",
                "4",
                "4 ",
                "DE89",
                "+49",
                "\\u0034",
                "\\",
                "https://a"
            })
    void isNotSlowedByATextMadeToSlowIt(String piece) {
        String text = piece.repeat(100_000 / piece.length());
        long began = processorNanos();

        ALL.matches(text);

        long millis = (processorNanos() - began) / 1_000_000;
        LOG.log(System.Logger.Level.INFO, "100 KB of {0}: {1} ms", piece, millis);
        assertThat(millis).isLessThan(5_000);
    }

    @Test
    void refusesWhatIsNoPatternOfRe2() {
        assertThatThrownBy(() -> Detector.ofSite("x", "(a)\\1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RE2");
    }

    /** What this thread has cost; a machine that does other things too does not change it. */
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double microsPerKib(String text) {
        long began = processorNanos();
        int rounds = 20;
        for (int i = 0; i < rounds; i++) {
            ALL.matches(text);
        }
        return (processorNanos() - began) / 1e3 / rounds / (text.length() / 1024.0);
    }

    private static String masked(String text) {
        var stream =
                new TextStream(ALL, (detector, raw, before) -> "[masked:" + detector.id() + "]");
        return stream.push(text) + stream.end();
    }
}
