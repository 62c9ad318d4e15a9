package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Notes, their keys and signatures. The keys and notes of PeterNeumann and EnochRoot are those of
 * Go's golang.org/x/mod/sumdb/note (note_test.go at 02c991387e35); the ML-DSA-44 checkpoint is that
 * of FiloSottile/torchwood, cmd/litewitness/testdata/mldsa.txt at fac5716bb321.
 */
class NoteTest {
    private static final String PETER =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String ENOCH =
            "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private static final String PETERS_SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\n"
                    + "then you don't know what your problem is.\n";
    private static final String PETERS =
            "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
                    + "qfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCHS =
            "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01o"
                    + "OTGwnWLox33WWd1RvMc+QQ=\n";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.9Z");

    private final NoteVerifier peter = NoteVerifier.parse(PETER);
    private final NoteVerifier enoch = NoteVerifier.parse(ENOCH);

    @Test
    void readsAndVerifiesWhatGoSigned() {
        SignedNote note = SignedNote.parse(TEXT + "\n" + PETERS + ENOCHS);

        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(note.isSignedBy(peter)).isTrue();
        assertThat(note.isSignedBy(enoch)).isTrue();
        assertThat(note.toString()).isEqualTo(TEXT + "\n" + PETERS + ENOCHS);
        assertThat(SignedNote.parse(note.bytes())).isEqualTo(note);
    }

    @Test
    void signsByteForByteAsGoDoes() {
        byte[] seed = NoteText.base64(PETERS_SECRET.split("\\+", 5)[4]);
        byte[] pkcs8 =
                HexFormat.of().parseHex("302e020100300506032b657004220420" + "00".repeat(32));
        System.arraycopy(seed, 1, pkcs8, 16, 32);

        NoteSigner signer = NoteSigner.of(peter, pkcs8);

        assertThat(NoteSigner.signAll(TEXT, NOON, List.of(signer)).toString())
                .isEqualTo(TEXT + "\n" + PETERS);
        assertThat(signer.toString()).doesNotContain(HexFormat.of().formatHex(seed));
    }

    @Test
    void verifiesAnMlDsaCheckpointThatLitewitnessAccepts() {
        NoteVerifier log = NoteVerifier.parse(resource("litewitness-ml-dsa-44.vkey").strip());
        SignedNote note = SignedNote.parse(resource("litewitness-ml-dsa-44.note"));

        assertThat(log.algorithm()).isEqualTo(NoteAlgorithm.ML_DSA_44_COSIGNATURE);
        assertThat(note.isSignedBy(log)).isTrue();
        assertThat(Checkpoint.parse(note.text()).origin()).isEqualTo("example.com/mldsa-log");
        assertThat(Cosignature.of(note.signatures().getFirst()).time()).isEqualTo(Instant.EPOCH);
        SignedNote larger =
                new SignedNote(note.text().replace("\n1\n", "\n2\n"), note.signatures());
        assertThat(larger.isSignedBy(log)).isFalse();
    }

    /** C2SP tlog-cosignature, "Ed25519 signed message". */
    @Test
    void composesTheCosignedMessageOfTheSpecification() {
        Checkpoint checkpoint =
                Checkpoint.parse(
                        "example.com/behind-the-sofa\n20852163\n"
                                + "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");

        assertThat(
                        new String(
                                Cosignature.ed25519Message(
                                        Instant.ofEpochSecond(1679315147), checkpoint),
                                StandardCharsets.UTF_8))
                .isEqualTo(
                        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
                                + "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
    }

    /** The cosigned checkpoint of C2SP tlog-cosignature; its keys are not published. */
    @Test
    void readsTheSpecificationsCosignedCheckpoint() {
        String text =
                """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                \u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
                """;

        SignedNote note = SignedNote.parse(text);

        assertThat(note.toString()).isEqualTo(text);
        assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(20852163);
        assertThat(Cosignature.of(note.signatures().getLast()).time())
                .isEqualTo(Instant.ofEpochSecond(1679315147));
    }

    @ParameterizedTest
    @EnumSource(NoteAlgorithm.class)
    void verifiesItsOwnSignaturesAndNothingElse(NoteAlgorithm algorithm) {
        NoteSigner signer = TestKeys.signer("nr.example/audit", algorithm);
        NoteVerifier other = TestKeys.signer("nr.example/audit", algorithm).verifier();
        String text = new Checkpoint("nr.example/audit", 7, new byte[32]).text();

        SignedNote note = NoteSigner.signAll(text, NOON, List.of(signer));
        NoteSignature signature = note.signatures().getFirst();

        assertThat(SignedNote.parse(note.bytes()).isSignedBy(signer.verifier())).isTrue();
        assertThat(note.isSignedBy(other)).isFalse();
        assertThat(signer.verifier().verifies(text.replace('7', '8'), signature)).isFalse();
        assertThat(NoteVerifier.parse(signer.verifier().toString())).isEqualTo(signer.verifier());
        if (algorithm.isTimestamped()) {
            assertThat(Cosignature.of(signature).time())
                    .isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
        }
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 50; round++) {
            byte[] bytes = signature.signature();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(
                            signer.verifier()
                                    .verifies(
                                            text,
                                            new NoteSignature(
                                                    signature.name(), signature.keyId(), bytes)))
                    .isFalse();
        }
    }

    @Test
    void doesNotCountAGoodSignatureBesideABadOneOfTheSameKey() {
        String bad = PETERS.replace("x08go/ZJ", "x08go/ZK");

        assertThat(SignedNote.parse(TEXT + "\n" + PETERS + bad).isSignedBy(peter)).isFalse();
        assertThat(SignedNote.parse(TEXT + "\n" + ENOCHS + PETERS).isSignedBy(peter)).isTrue();
    }

    @Test
    void replacesASignatureOfTheSameKey() {
        SignedNote note =
                SignedNote.parse(TEXT + "\n" + PETERS.replace("x08go/ZJ", "x08go/ZK") + ENOCHS);

        SignedNote better =
                note.with(SignedNote.parse(TEXT + "\n" + PETERS).signatures().getFirst());

        assertThat(better.toString()).isEqualTo(TEXT + "\n" + ENOCHS + PETERS);
    }

    @Test
    void refusesEveryManglingOfAKey() {
        for (int from = 0; from <= PETER.length(); from++) {
            for (int to = from; to <= PETER.length(); to++) {
                if (from != 0 || to != PETER.length()) {
                    refusesKey(PETER.substring(from, to));
                }
            }
        }
        for (int at = 0; at < PETER.length(); at++) {
            for (int bit = 0; bit < 7; bit++) {
                StringBuilder mangled = new StringBuilder(PETER);
                mangled.setCharAt(at, (char) (PETER.charAt(at) ^ 1 << bit));
                refusesKey(mangled.toString());
            }
        }
        refusesKey("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==");
        refusesKey("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    @Test
    void refusesWhatIsNoNote() {
        for (String note :
                List.of(
                        "",
                        "\n",
                        "\n\n",
                        TEXT,
                        TEXT + "\n",
                        TEXT + "\n" + PETERS.strip(),
                        "\u0001" + TEXT + "\n" + PETERS,
                        "\ud800" + TEXT + "\n" + PETERS,
                        TEXT + "\n" + PETERS.replace("PeterNeumann", "Bad Name"),
                        TEXT + "\n" + PETERS.replace("PeterNeumann", "a+b"),
                        TEXT + "\n" + PETERS.replace("PeterNeumann", ""),
                        TEXT + "\n" + PETERS.replace("PeterNeumann", "a\u2003b"),
                        TEXT + "\n" + PETERS.replace('\u2014', '-'),
                        TEXT + "\n" + PETERS.replace("=", ""),
                        TEXT + "\n" + PETERS.replace("AM=", "AN="),
                        TEXT + "\n\u2014 PeterNeumann x08gow==\n",
                        TEXT + "\n" + PETERS + "Unexpected line.\n",
                        TEXT + "\n" + PETERS.repeat(101))) {
            assertThatThrownBy(() -> SignedNote.parse(note))
                    .as(note)
                    .isInstanceOf(MalformedNote.class);
        }
        byte[] notUtf8 = (TEXT + "\n" + PETERS).getBytes(StandardCharsets.UTF_8);
        notUtf8[3] = (byte) 0xff;
        assertThatThrownBy(() -> SignedNote.parse(notUtf8)).isInstanceOf(MalformedNote.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[1_000_001]))
                .isInstanceOf(MalformedNote.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\n1\n",
                "a\n1\nAAAA\n",
                "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "a\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "a\n\u0661\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "a\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n",
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedNote.class);
    }

    @Test
    void readsACheckpointBack() {
        Checkpoint checkpoint = new Checkpoint("nr.example/audit", Long.MAX_VALUE, new byte[32]);

        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        assertThatThrownBy(() -> new Checkpoint("x".repeat(256), 0, new byte[32]))
                .isInstanceOf(MalformedNote.class);
        assertThatThrownBy(() -> new Checkpoint("x", -1, new byte[32]))
                .isInstanceOf(MalformedNote.class);
    }

    @Test
    void makesNoSignerOfAKeyThatIsNotTheVerifiers() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThatThrownBy(() -> NoteSigner.of(peter, pair.getPrivate().getEncoded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PeterNeumann")
                .hasNoCause();
        assertThatThrownBy(() -> NoteSigner.of(peter, new byte[48]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause();
        assertThatThrownBy(() ->
                        NoteVerifier.of("a", NoteAlgorithm.ML_DSA_44_COSIGNATURE, pair.getPublic()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cosignsNothingButCheckpoints() {
        NoteSigner witness = TestKeys.signer("w", NoteAlgorithm.ED25519_COSIGNATURE);

        assertThatThrownBy(() -> witness.sign(TEXT, NOON)).isInstanceOf(MalformedNote.class);
    }

    private static void refusesKey(String key) {
        assertThatThrownBy(() -> NoteVerifier.parse(key)).as(key).isInstanceOf(MalformedNote.class);
    }

    private static String resource(String name) {
        try (InputStream in = NoteTest.class.getResourceAsStream("/tlog/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
