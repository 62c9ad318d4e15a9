package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.crypto.KeyGenerator;

/** The HSM seal with SoftHSM2: what it makes, what it refuses, and what it leaves behind. */
class Pkcs11SealIT extends SealContract {
    private static final byte[] PLACE = {1, 2, 3};

    private final SoftHsm hsm = SoftHsm.get();

    @Override
    Seal make() {
        return make("label:" + SoftHsm.SITE, anyLabel());
    }

    @Override
    Seal open(SealRecord record) {
        return open(record, SoftHsm.PIN);
    }

    @Override
    String secret() {
        return SoftHsm.PIN;
    }

    @Test
    void makesAKeyThatCannotLeaveTheToken() {
        String label = anyLabel();
        make("label:" + SoftHsm.SITE, label).close();

        try (SecretBytes pin = secretOf(SoftHsm.PIN);
                Pkcs11Token token = Pkcs11Token.open(key("label:" + SoftHsm.SITE, label), pin)) {
            assertThat(token.key().getEncoded()).isNull();
            assertThat(token.key().getAlgorithm()).isEqualTo("AES");
            assertThat(token.key().toString()).contains("sensitive", "unextractable");
        }
    }

    @Test
    void takesTheKeyThatIsThere() {
        String label = anyLabel();
        try (Seal first = make("label:" + SoftHsm.SITE, label);
                Seal second = make("label:" + SoftHsm.SITE, label)) {
            byte[] wrapped = first.wrap(new byte[32], PLACE);

            assertThat(second.unwrap(wrapped, PLACE)).isEqualTo(new byte[32]);
        }
    }

    @Test
    void refusesAWrongPinAsSuch() {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(record, "000000"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("refuses the PIN")
                .hasMessageNotContaining("000000");
        open(record).close();
    }

    @Test
    void asksForThePinEveryTimeThoughAnotherSealIsOpen() {
        try (Seal seal = make()) {
            assertThatThrownBy(() -> open(seal.record(), "000000")).isInstanceOf(SealRefused.class);
            assertThat(seal.unwrap(seal.wrap(new byte[32], PLACE), PLACE)).hasSize(32);
        }
    }

    @Test
    void refusesAKeyThatIsGoneOrAnotherOneByItsCheck() {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(with(record, "key", anyLabel())))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("has no key");
        String otherKey = madeRecord().parameters().get("key");
        assertThatThrownBy(() -> open(with(record, "key", otherKey)))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("another one than this seal was made with");
    }

    @Test
    void refusesAnotherToken() {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(with(record, "token", "label:" + SoftHsm.OTHER)))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("has no key");
    }

    @ParameterizedTest
    @CsvSource({
        "label:absent, no token with the label 'absent'",
        "label:twice, 2 tokens with the label 'twice'",
        "slot:4711, The token slot:4711"
    })
    void refusesATokenThatIsNotThere(String token, String sentence) {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(with(record, "token", token)))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void findsATokenByItsSlot() {
        long slot = Pkcs11Slots.withToken(hsm.library(), SoftHsm.SITE);
        SealRecord record = madeRecord();

        open(with(record, "token", "slot:" + slot)).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/absent/libhsm.so", "/etc/hostname", "/bin/true"})
    void refusesWhatIsNoLibrary(String library) {
        SealRecord record = madeRecord();

        assertThatThrownBy(() -> open(with(record, "library", library)))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("no PKCS#11 library")
                .hasMessageContaining(library);
    }

    @ParameterizedTest
    @CsvSource({
        "library, /usr/lib/a\"b.so",
        "library, lib.so",
        "token, site",
        "token, slot:x",
        "key, a b"
    })
    void refusesAddressesThatCouldChangeTheConfiguration(String parameter, String value) {
        SealRecord record = with(madeRecord(), parameter, value);

        assertThatThrownBy(() -> open(record)).isInstanceOf(SealRefused.class);
    }

    @Test
    void refusesAKeyOf128BitsAndOneThatCanLeaveTheToken() throws Exception {
        plant("short-key", 128, "false");
        plant("leaving-key", 256, "true");

        assertThatThrownBy(() -> make("label:" + SoftHsm.OTHER, "short-key"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("not an AES-256 key");
        assertThatThrownBy(() -> make("label:" + SoftHsm.OTHER, "leaving-key"))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("can't leave");
    }

    @Test
    void saysThatATokenIsGone() throws IOException {
        try (Seal seal = make("label:" + SoftHsm.REMOVABLE, anyLabel())) {
            byte[] wrapped = seal.wrap(new byte[32], PLACE);
            hsm.remove(SoftHsm.REMOVABLE);

            assertThatThrownBy(() -> seal.unwrap(wrapped, PLACE))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageNotContaining("altered");
            assertThatThrownBy(() -> open(seal.record())).isInstanceOf(SealRefused.class);
        }
    }

    @Test
    void leavesNothingInTheProcessButTheLibrary() {
        List<Provider> before = Arrays.asList(Security.getProviders());
        SealRecord record = madeRecord();
        for (int i = 0; i < 20; i++) {
            open(record).close();
        }

        assertThat(Security.getProviders()).containsExactlyElementsOf(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().contains("SunPKCS11"))
                .hasSizeLessThanOrEqualTo(1);
        // Logged out: the token asks the next one for its PIN.
        assertThatThrownBy(() -> open(record, "000000")).isInstanceOf(SealRefused.class);
    }

    @Test
    void severalThreadsUseSealsOfOneToken() throws Exception {
        try (Seal one = make();
                Seal other = make();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> opened = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Seal seal = i % 2 == 0 ? one : other;
                byte[] key = {(byte) i};
                opened.add(threads.submit(() -> seal.unwrap(seal.wrap(key, PLACE), PLACE)));
            }
            for (int i = 0; i < opened.size(); i++) {
                assertThat(opened.get(i).get(60, TimeUnit.SECONDS)).containsExactly(i);
            }
        }
    }

    @Test
    void needsAPersonOrAFileForItsPin() {
        assertThat(seals().automatic(madeRecord())).isEmpty();
    }

    private SealRecord madeRecord() {
        try (Seal seal = make()) {
            return seal.record();
        }
    }

    private Seal make(String token, String label) {
        SealSpec spec = new SealSpec.Pkcs11(key(token, label), new SecretSource.Person());
        try (SecretBytes pin = secretOf(SoftHsm.PIN)) {
            return seals().create(spec, new SealMaterial.Pin(pin)).seal();
        }
    }

    private Seal open(SealRecord record, String pin) {
        try (SecretBytes secret = secretOf(pin)) {
            return seals().open(record, new SealMaterial.Pin(secret));
        }
    }

    private Pkcs11Key key(String token, String label) {
        return new Pkcs11Key(hsm.library(), token, label);
    }

    private static SealRecord with(SealRecord record, String parameter, String value) {
        Map<String, String> parameters = new TreeMap<>(record.parameters());
        parameters.put(parameter, value);
        return new SealRecord(record.kind(), parameters);
    }

    private static String anyLabel() {
        return "kek-" + UUID.randomUUID();
    }

    /** A key as a careless hand makes it, with the JDK alone. */
    private void plant(String label, int bits, String extractable) throws Exception {
        Path library = hsm.library();
        String configuration =
                """
                --name = planted
                library = "%s"
                slot = %d
                destroyTokenAfterLogout = true
                attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
                  CKA_TOKEN = true
                  CKA_SENSITIVE = %b
                  CKA_EXTRACTABLE = %s
                  CKA_ENCRYPT = true
                  CKA_DECRYPT = true
                }
                """
                        .formatted(
                                library,
                                Pkcs11Slots.withToken(library, SoftHsm.OTHER),
                                extractable.equals("false"),
                                extractable);
        AuthProvider provider =
                (AuthProvider) Security.getProvider("SunPKCS11").configure(configuration);
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, SoftHsm.PIN.toCharArray());
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(bits);
        store.setKeyEntry(label, generator.generateKey(), null, null);
        provider.logout();
    }
}
