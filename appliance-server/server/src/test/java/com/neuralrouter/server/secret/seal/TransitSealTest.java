package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.provider.TestAuthority;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** The transit seal against a server that takes nothing but the published API. */
class TransitSealTest extends SealContract {
    private static final byte[] PLACE = {1, 2, 3};
    private static final String LEAK = "the server's own words";

    private FakeTransit server;
    private int made;

    @BeforeEach
    void start() throws Exception {
        TestAuthority authority = new TestAuthority("Site CA");
        Files.writeString(site.resolve("ca.pem"), authority.pem());
        server = FakeTransit.overTls(authority);
    }

    @AfterEach
    void everyRequestKeptToTheApi() {
        server.close();
        assertThat(server.complaints()).isEmpty();
    }

    @Override
    Seal make() {
        String name = "seal-" + ++made;
        server.addKey(name, "aes256-gcm96");
        return make(name);
    }

    @Override
    Seal open(SealRecord record) {
        return open(record, FakeTransit.TOKEN);
    }

    @Override
    String secret() {
        return FakeTransit.TOKEN;
    }

    @Test
    void opensWhatAnEarlierVersionOfTheServersKeyWrapped() {
        try (Seal seal = make()) {
            byte[] first = seal.wrap(new byte[32], PLACE);
            server.rotate("seal-1");
            byte[] second = seal.wrap(new byte[32], PLACE);

            assertThat(text(first)).startsWith("vault:v1:");
            assertThat(text(second)).startsWith("vault:v2:");
            try (Seal reopened = open(seal.record())) {
                assertThat(reopened.unwrap(first, PLACE)).isEqualTo(new byte[32]);
                assertThat(reopened.unwrap(second, PLACE)).isEqualTo(new byte[32]);
            }
        }
    }

    @Test
    void saysThatTheVersionWasRetiredInsteadOfCallingItAltered() {
        try (Seal seal = make()) {
            byte[] wrapped = seal.wrap(new byte[32], PLACE);
            server.rotate("seal-1");
            server.retireBefore("seal-1", 2);

            assertThatThrownBy(() -> seal.unwrap(wrapped, PLACE))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("retired")
                    .hasMessageNotContaining("altered");
        }
    }

    @Test
    void makesNoKeyOnTheServer() {
        assertThatThrownBy(() -> make("typing-error"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("nothing for the keys of the key 'typing-error'");
        assertThat(server.requests()).containsExactly("keys typing-error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes128-gcm96", "chacha20-poly1305", "rsa-4096"})
    void refusesKeysOfOtherTypes(String type) {
        server.addKey("other", type);

        assertThatThrownBy(() -> make("other"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("not of type aes256-gcm96");
    }

    @Test
    void refusesAKeyThatCanLeaveTheServer() {
        server.addKey("leaving", "aes256-gcm96");
        server.makeExportable("leaving");

        assertThatThrownBy(() -> make("leaving"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("exportable");
    }

    @Test
    void refusesAServerThatIgnoresAssociatedBytes() {
        server.addKey("careless", "aes256-gcm96");
        server.ignoreAssociated("careless");

        assertThatThrownBy(() -> make("careless"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("ignores associated data");
    }

    @Test
    void refusesAWrongTokenAsSuch() {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(record, "hvs.wrong"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("refuses the token")
                .hasMessageNotContaining("hvs.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nX-Injected: 1", "ä", "a\u0000"})
    void refusesATokenThatIsNoneBeforeItSendsAnything(String token) {
        SealRecord record = madeRecord();
        int before = server.requests().size();

        assertThatThrownBy(() -> open(record, token))
                .isInstanceOf(SealRefused.class)
                .hasMessageNotContaining("Injected");
        assertThat(server.requests()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "301, answers with the status 301",
        "307, answers with the status 307",
        "400, another one than this seal was made with",
        "403, refuses the token",
        "404, has nothing for",
        "429, standby",
        "473, standby",
        "500, answers with the status 500",
        "503, is sealed"
    })
    void tellsEveryStatusInItsOwnWords(int status, String sentence) {
        SealRecord record = madeRecord();
        byte[] body = ("{\"errors\":[\"" + LEAK + "\"]}").getBytes(StandardCharsets.UTF_8);
        server.script(
                "decrypt",
                new FakeTransit.Scripted(
                        status, Map.of("Location", server.address() + "/v1/elsewhere"), body));

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining(LEAK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "no json",
                "{\"data\":{}}",
                "{\"plaintext\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}",
                "{\"data\":{\"plaintext\":\"###\"}}",
                "{\"data\":{\"plaintext\":[]}}",
                "{\"data\":{\"plaintext\":\"AAAA"
            })
    void refusesAnAnswerThatTheApiDoesNotPromise(String body) {
        SealRecord record = madeRecord();
        server.script("decrypt", FakeTransit.Scripted.of(200, body));

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("not what its API promises");
    }

    @Test
    void refusesAnAnswerOfAnotherPlaintext() {
        SealRecord record = madeRecord();
        server.script(
                "decrypt", FakeTransit.Scripted.of(200, "{\"data\":{\"plaintext\":\"AAAA\"}}"));

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("another one than this seal was made with");
    }

    @Test
    void readsNoEndlessAnswer() {
        SealRecord record = madeRecord();
        server.script(
                "decrypt",
                FakeTransit.Scripted.of(200, "{\"data\":{\"x\":\"" + "x".repeat(70_000) + "\"}}"));

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("does not answer as it should");
    }

    @Test
    void believesNoOtherAuthority() throws Exception {
        SealRecord record = madeRecord();
        Files.writeString(site.resolve("ca.pem"), new TestAuthority("Foreign CA").pem());
        int before = server.requests().size();

        assertThatThrownBy(() -> open(record))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("no certificate that is believed");
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void asksForTheNameInTheCertificate() {
        SealRecord record = madeRecord();
        URI byAddress = URI.create("https://127.0.0.1:" + server.address().getPort());

        assertThatThrownBy(() -> open(with(record, "server", byAddress.toString())))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("no certificate that is believed");
    }

    @ParameterizedTest
    @CsvSource({
        "server, http://bao.example:8200",
        "server, ftp://localhost",
        "server, https://bao.example/v1",
        "server, https://user:secret@bao.example",
        "server, https://bao.example?x",
        "server, nothing",
        "server, https://[",
        "mount, ../sys",
        "mount, a//b",
        "key, a/b",
        "key, a?b",
        "namespace, a\\b",
        "authorities, absent.pem"
    })
    void refusesAnAddressThatIsNone(String parameter, String value) {
        SealRecord record = madeRecord();
        int before = server.requests().size();

        assertThatThrownBy(() -> open(with(record, parameter, value)))
                .isInstanceOf(SealRefused.class);
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void speaksHttpToThisMachineAlone() throws Exception {
        try (FakeTransit clear = FakeTransit.inTheClear()) {
            clear.addKey("local", "aes256-gcm96");
            TransitKey key =
                    new TransitKey(
                            clear.address(), FakeTransit.MOUNT, "local", FakeTransit.NAMESPACE, "");
            make(key).close();
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        SealRecord record = madeRecord();
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() -> open(with(record, "server", "https://localhost:" + free)))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("does not answer");
    }

    /**
     * A key of 33 bytes leaves four bits of its base 64 unused, which the server does not look at.
     */
    @Test
    void refusesAnotherSpellingOfTheSameCiphertext() {
        try (Seal seal = make()) {
            byte[] wrapped = seal.wrap(new byte[33], PLACE);
            assertThat(text(wrapped)).endsWith("==");
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            int at = wrapped.length - 3;
            wrapped[at] = (byte) alphabet.charAt(alphabet.indexOf(wrapped[at]) + 1);

            assertThatThrownBy(() -> seal.unwrap(wrapped, PLACE))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("altered");
        }
    }

    @Test
    void takesItsTokenFromAFileWithoutAPerson() throws IOException {
        Files.writeString(site.resolve("token"), FakeTransit.TOKEN + "\n");
        Files.setPosixFilePermissions(
                site.resolve("token"), PosixFilePermissions.fromString("rw-------"));
        SealRecord record = madeRecord();
        assertThat(seals().automatic(record)).isEmpty();

        SealRecord named = with(record, "source", "file:token");
        try (SealMaterial material = seals().automatic(named).orElseThrow();
                Seal seal = seals().open(named, material)) {
            assertThat(seal.unwrap(seal.wrap(new byte[32], PLACE), PLACE)).hasSize(32);
        }
    }

    private SealRecord madeRecord() {
        try (Seal seal = make()) {
            return seal.record();
        }
    }

    private Seal make(String name) {
        return make(
                new TransitKey(
                        server.address(),
                        FakeTransit.MOUNT,
                        name,
                        FakeTransit.NAMESPACE,
                        "ca.pem"));
    }

    private Seal make(TransitKey key) {
        try (SecretBytes token = secretOf(FakeTransit.TOKEN)) {
            return seals().create(
                            new SealSpec.Transit(key, new SecretSource.Person()),
                            new SealMaterial.Token(token))
                    .seal();
        }
    }

    private Seal open(SealRecord record, String token) {
        try (SecretBytes secret = secretOf(token)) {
            return seals().open(record, new SealMaterial.Token(secret));
        }
    }

    private static SealRecord with(SealRecord record, String parameter, String value) {
        Map<String, String> parameters = new TreeMap<>(record.parameters());
        parameters.put(parameter, value);
        return new SealRecord(record.kind(), parameters);
    }

    private static String text(byte[] wrapped) {
        return new String(wrapped, StandardCharsets.US_ASCII);
    }
}
