package com.neuralrouter.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.trust.EnrolmentCode.Readable;
import com.neuralrouter.certs.trust.EnrolmentCode.Reason;
import com.neuralrouter.certs.trust.EnrolmentCode.Unreadable;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

class EnrolmentCodeTest {
    private static final String TYPEABLE = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ!";

    /** Seeded, so that a failure can be had again. */
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20261123);

    @Test
    void readsBackWhatItWrote() {
        for (int round = 0; round < 500; round++) {
            EnrolmentCode code = any();

            assertThat(EnrolmentCode.read(code.text())).isEqualTo(new Readable(code));
        }
    }

    @Test
    void isTwelveGroupsOfFiveBehindItsVersion() {
        assertThat(any().text()).matches("NR1(-[0-9A-HJKMNP-TV-Z]{5}){12}");
    }

    @Test
    void noticesEverySingleMistypedCharacter() {
        for (int round = 0; round < 20; round++) {
            String text = any().text();
            for (int at = 0; at < text.length(); at++) {
                for (char typed : TYPEABLE.toCharArray()) {
                    if (text.charAt(at) != typed && text.charAt(at) != '-') {
                        String wrong = text.substring(0, at) + typed + text.substring(at + 1);

                        assertThat(EnrolmentCode.read(wrong))
                                .as("%s typed at %d of %s", typed, at, text)
                                .isInstanceOf(Unreadable.class);
                    }
                }
            }
        }
    }

    @Test
    void noticesNeighboursThatChangedPlaces() {
        for (int round = 0; round < 100; round++) {
            String text = any().text().replace("-", "");
            for (int at = 3; at + 1 < text.length(); at++) {
                char first = text.charAt(at);
                char second = text.charAt(at + 1);
                String wrong = text.substring(0, at) + second + first + text.substring(at + 2);

                assertThat(first == second || EnrolmentCode.read(wrong) instanceof Unreadable)
                        .as(wrong)
                        .isTrue();
            }
        }
    }

    @Test
    void toleratesHowPeopleWriteItDown() {
        EnrolmentCode code = any();
        String text = code.text();
        String careless =
                "  "
                        + text.toLowerCase(Locale.ROOT)
                                .replace('0', 'o')
                                .replace("-", " \u2013 ")
                                .replace('1', 'l')
                        + "\n";

        assertThat(EnrolmentCode.read(careless)).isEqualTo(new Readable(code));
        assertThat(EnrolmentCode.read(text.replace("-", ""))).isEqualTo(new Readable(code));
        assertThat(EnrolmentCode.read(text.replace('1', 'I').replace('0', 'O')))
                .isEqualTo(new Readable(code));
    }

    @Test
    void saysWhatIsWrong() {
        String text = any().text();

        assertThat(reason("")).isEqualTo(Reason.NOT_A_CODE);
        assertThat(reason("NR")).isEqualTo(Reason.NOT_A_CODE);
        assertThat(reason("nr_0123456789_secret")).isEqualTo(Reason.OTHER_VERSION);
        assertThat(reason("https://appliance")).isEqualTo(Reason.NOT_A_CODE);
        assertThat(reason("NR2" + text.substring(3))).isEqualTo(Reason.OTHER_VERSION);
        assertThat(reason(text.substring(0, 60))).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(reason(text + "0")).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(reason(text.substring(0, 10) + "U" + text.substring(11)))
                .isEqualTo(Reason.MISTYPED);
        assertThat(EnrolmentCode.read(text.substring(0, 10) + "U" + text.substring(11)))
                .isEqualTo(
                        new Unreadable(
                                Reason.MISTYPED,
                                "Group 2 of the code has a character that no code has."));
    }

    @Test
    void doesNotTellItsToken() {
        EnrolmentCode code = any();

        assertThat(code.toString())
                .contains("redacted")
                .doesNotContain(code.tokenText())
                .doesNotContain(code.text());
    }

    @Test
    void cannotBeChangedThroughItsArrays() {
        byte[] token = new byte[16];
        EnrolmentCode code = new EnrolmentCode(1, token, new byte[16]);

        token[0] = 1;
        code.token()[1] = 1;

        assertThat(code.token()).containsOnly(0);
    }

    @Test
    void refusesPortsAndLengthsThatCannotBe() {
        assertThatThrownBy(() -> new EnrolmentCode(0, new byte[16], new byte[16]))
                .hasMessageContaining("port 0");
        assertThatThrownBy(() -> new EnrolmentCode(65536, new byte[16], new byte[16]))
                .hasMessageContaining("port 65536");
        assertThatThrownBy(() -> new EnrolmentCode(1, new byte[15], new byte[16]))
                .hasMessageContaining("16 bytes");
    }

    private static Reason reason(String text) {
        return ((Unreadable) EnrolmentCode.read(text)).reason();
    }

    private EnrolmentCode any() {
        byte[] token = new byte[16];
        byte[] pin = new byte[16];
        random.nextBytes(token);
        random.nextBytes(pin);
        return new EnrolmentCode(1 + random.nextInt(65535), token, pin);
    }
}
