package com.neuralrouter.server.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What comes in pieces is seen as what came at once, wherever it is cut. */
class TextStreamTest {
    private static final DetectorCatalogue CATALOGUE = ShippedDetectors.catalogue();
    private static final Scan ALL = new Scan(List.copyOf(CATALOGUE.detectors()));

    @Test
    void findsEveryExampleCutAtEveryPlace() {
        int cuts = 0;
        for (DetectorCatalogue.Entry entry : CATALOGUE.entries()) {
            for (String example : entry.matches()) {
                String text = "He wrote: " + example + " and left.";
                String whole = masked(List.of(text));
                assertThat(whole).as(entry.id()).contains("[").doesNotContain(example);
                for (int cut = 0; cut <= text.length(); cut++) {
                    cuts++;
                    assertThat(masked(List.of(text.substring(0, cut), text.substring(cut))))
                            .as(entry.id() + " cut at " + cut)
                            .isEqualTo(whole);
                }
                assertThat(masked(text.chars().mapToObj(Character::toString).toList()))
                        .as(entry.id() + " one by one")
                        .isEqualTo(whole);
            }
        }
        assertThat(cuts).isGreaterThan(1_000);
    }

    @Test
    void seesRandomTextInRandomPiecesAsItSeesTheWhole() {
        long seed = Long.getLong("seed", 77);
        var random = new SplittableRandom(seed);
        var ids = new ArrayList<>(CATALOGUE.detectors());
        for (int i = 0; i < 400; i++) {
            String id = ids.get(random.nextInt(ids.size())).id();
            String text = new LabelledSamples(random.nextLong()).of(id, 2).get(i % 2).text();
            var pieces = new ArrayList<String>();
            for (int at = 0; at < text.length(); ) {
                int to = Math.min(text.length(), at + random.nextInt(1, 12));
                pieces.add(text.substring(at, to));
                at = to;
            }

            assertThat(masked(pieces))
                    .as("seed " + seed + ": " + text)
                    .isEqualTo(masked(List.of(text)));
        }
    }

    @Test
    void holdsNoMoreThanTheLongestMatch() {
        var stream = new TextStream(ALL, (detector, raw, before) -> "");
        int in = 0;
        int out = 0;
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            String piece = i % 7 == 0 ? "4 1-1 " : "-----BEGIN RSA PRIVATE KEY-----aa11@";
            in += piece.length();
            out += stream.push(piece).length();
            most = Math.max(most, in - out);
            if (i % 2_000 == 0) {
                out = in;
                stream.end();
            }
        }
        var prose = new TextStream(ALL, (detector, raw, before) -> "");
        int waiting = 0;
        for (String word :
                "Plain prose goes out with the next word that is said. "
                        .repeat(20)
                        .split("(?<= )")) {
            waiting = Math.max(waiting, word.length() - prose.push(word).length());
        }

        assertThat(waiting).as("held of prose").isLessThanOrEqualTo(6);
        assertThat(most).isPositive();
    }

    @Test
    void catchesTheRestOfWhatBeganInATextThatHasGoneOut() {
        var stream = new TextStream(ALL, (detector, raw, before) -> "[" + detector.id() + "]");

        String first = stream.push("4111 1111 1111") + stream.end();
        String second = stream.push(" 1111, ok") + stream.end();

        assertThat(first).isEqualTo("4111 1111 1111");
        assertThat(second).isEqualTo("[payment-card], ok");
    }

    private static String masked(List<String> pieces) {
        var stream = new TextStream(ALL, (detector, raw, before) -> "[" + detector.id() + "]");
        var out = new StringBuilder();
        pieces.forEach(piece -> out.append(stream.push(piece)));
        return out.append(stream.end()).toString();
    }
}
