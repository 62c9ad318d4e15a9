package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The passphrase: the published vector, its floor and ceiling, and what a wrong one is told. */
class PassphraseSealTest extends SealContract {
    private static final String RIGHT = "correct horse battery staple";

    @Override
    Seal make() {
        return make(RIGHT);
    }

    @Override
    Seal open(SealRecord record) {
        return open(record, RIGHT);
    }

    @Override
    String secret() {
        return RIGHT;
    }

    /** RFC 9106, section 5.3. */
    @Test
    void derivesAsPublished() {
        Argon2Parameters parameters =
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withIterations(3)
                        .withMemoryAsKB(32)
                        .withParallelism(4)
                        .withSalt(filled(16, 2))
                        .withSecret(filled(8, 3))
                        .withAdditional(filled(12, 4))
                        .build();

        byte[] key = Passphrase.argon2id(filled(32, 1), parameters);

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void refusesAWrongPassphraseAsSuch() {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(record, "correct horse battery stapler"))
                .isInstanceOf(SealRefused.class)
                .hasMessage("The passphrase is wrong; nothing was opened.");
    }

    @Test
    void refusesAShortOneCountedInCharacters() {
        assertThatThrownBy(() -> make("elevenéèêëü"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("fewer than 12 characters");
        make("twelveéèêëüö").close();
    }

    /** What is made must be long; of what is tried, nothing but that it is wrong is said. */
    @Test
    void tellsAShortWrongOneThatItIsWrong() {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(record, "short"))
                .isInstanceOf(SealRefused.class)
                .hasMessage("The passphrase is wrong; nothing was opened.");
    }

    @ParameterizedTest
    @CsvSource({
        "memory-kib, 65535",
        "memory-kib, 1048577",
        "memory-kib, 2147483647",
        "memory-kib, 99999999999",
        "iterations, 2",
        "iterations, 17",
        "lanes, 0",
        "lanes, 17",
        "lanes, -1",
        "salt, 00112233445566778899aabbccddee",
        "salt, 0g",
        "check, xyz"
    })
    void refusesAnEditedRecordBeforeItDerivesAnything(String parameter, String value) {
        Map<String, String> parameters =
                new TreeMap<>(
                        Map.of(
                                "source", "person",
                                "salt", "00112233445566778899aabbccddeeff",
                                "memory-kib", "65536",
                                "iterations", "3",
                                "lanes", "4",
                                "check", "00112233445566778899aabbccddeeff"));
        parameters.put(parameter, value);

        assertThatThrownBy(() -> open(new SealRecord(SealKind.PASSPHRASE, parameters), RIGHT))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining(parameter.equals("salt") ? "salt" : parameter);
    }

    @Test
    void asksForMemoryThatIsThere() {
        assertThatThrownBy(() -> Argon2Cost.RECOMMENDED.refuseBeyond(255L * 1024 * 1024))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("-Xmx");
        Argon2Cost.RECOMMENDED.refuseBeyond(256L * 1024 * 1024);
    }

    @Test
    void keepsItsParametersAndAnotherSaltEachTime() {
        SealRecord one = madeRecord();
        SealRecord other = madeRecord();

        assertThat(one.parameters())
                .containsEntry("memory-kib", "65536")
                .containsEntry("iterations", "3")
                .containsEntry("lanes", "4")
                .containsEntry("source", "person");
        assertThat(one.parameters().get("salt")).isNotEqualTo(other.parameters().get("salt"));
        assertThat(one.parameters().get("check")).isNotEqualTo(other.parameters().get("check"));
    }

    @Test
    void needsAPersonUnlessItsRecordNamesAFile() {
        assertThat(seals().automatic(madeRecord())).isEmpty();
    }

    @Test
    void isNotOpenedWithNothing() {
        assertThatThrownBy(() -> seals().open(madeRecord(), new SealMaterial.Nothing()))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("takes a passphrase");
    }

    private SealRecord madeRecord() {
        try (Seal seal = make()) {
            return seal.record();
        }
    }

    private Seal make(String passphrase) {
        SealSpec spec = new SealSpec.Passphrase(new SecretSource.Person(), Argon2Cost.LEAST);
        try (SecretBytes secret = secretOf(passphrase)) {
            return seals().create(spec, new SealMaterial.Passphrase(secret)).seal();
        }
    }

    private Seal open(SealRecord record, String passphrase) {
        try (SecretBytes secret = secretOf(passphrase)) {
            return seals().open(record, new SealMaterial.Passphrase(secret));
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
