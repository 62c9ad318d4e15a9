package com.neuralrouter.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.server.receipt.ReceiptCheck.NotGenuine;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receipt says what it is to say, and nothing but what was signed passes for one. */
class ReceiptTest {
    private final Receipts site = ReceiptFixtures.site(1);
    private final SignedReceipt signed = ReceiptFixtures.signedBy(site);
    private final String keys = jwks(site);

    private static String jwks(Receipts of) {
        return new String(of.keys().jwks(), StandardCharsets.UTF_8);
    }

    @Test
    void saysWhoWasAskedWhereUnderWhichPolicyAndWhatWasKept() {
        var claims = ReceiptCheck.of(signed.jws(), keys).claims();

        assertThat(claims.toString())
                .startsWith("{\"asked\":\"chat\",\"content\":{\"answer\":\"")
                .endsWith(
                        "\"iat\":1795946400,\"iss\":\"nr.site-1\","
                                + "\"jti\":\"01980000-0000-7000-0000-000000000005\","
                                + "\"log\":{\"origin\":\"nr.site-1/audit\",\"size\":4711},"
                                + "\"outcome\":\"completed\",\"policy\":\""
                                + "ab".repeat(32)
                                + "\",\"retention\":\"zero\",\"sent\":[{\"jurisdiction\":\"US\","
                                + "\"model\":\"big\",\"provider\":\"first\","
                                + "\"region\":\"us-east-1\",\"retention\":\"30d\"},"
                                + "{\"jurisdiction\":\"DE\",\"model\":\"small-\\\"chät\\\"\","
                                + "\"provider\":\"second\",\"region\":\"undeclared\","
                                + "\"retention\":\"zero\"}],\"served\":{\"jurisdiction\":\"DE\","
                                + "\"model\":\"small-\\\"chät\\\"\",\"provider\":\"second\","
                                + "\"region\":\"undeclared\",\"retention\":\"zero\"},"
                                + "\"status\":200,\"tokens\":{\"estimated\":false,\"input\":11,"
                                + "\"output\":7},\"v\":1,"
                                + "\"workspace\":\"00000000-0000-0000-0000-000000000001\"}");
    }

    @Test
    void isRefusedWithAnyCharacterAltered() {
        String jws = signed.jws();
        int refused = 0;
        for (int i = 0; i < jws.length(); i++) {
            for (char other : new char[] {'A', 'B', '-', '=', '.', ' '}) {
                if (jws.charAt(i) == other) {
                    continue;
                }
                String altered = jws.substring(0, i) + other + jws.substring(i + 1);

                assertThatThrownBy(() -> ReceiptCheck.of(altered, keys))
                        .as("%s for character %d", other, i)
                        .isInstanceOf(NotGenuine.class);
                refused++;
            }
        }
        System.getLogger("receipts").log(System.Logger.Level.INFO, "refused={0}", refused);
    }

    @Test
    void isRefusedWithAnyBitOfItsPayloadFlipped() {
        String[] parts = signed.jws().split("\\.");
        byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
        for (int bit = 0; bit < 8 * payload.length; bit++) {
            payload[bit / 8] ^= (byte) (1 << bit % 8);
            String altered =
                    parts[0]
                            + "."
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(payload)
                            + "."
                            + parts[2];
            payload[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatThrownBy(() -> ReceiptCheck.of(altered, keys))
                    .as("bit %d", bit)
                    .isInstanceOf(NotGenuine.class);
        }
    }

    @Test
    void isRefusedByAnotherSitesKeys() {
        assertThatThrownBy(() -> ReceiptCheck.of(signed.jws(), jwks(ReceiptFixtures.site(2))))
                .isInstanceOf(NotGenuine.class)
                .hasMessageContaining("a key that is not among these");
    }

    @Test
    void isRefusedWhenAnotherSiteSignsUnderOurKeysName() {
        String ours = signed.jws();
        String theirs = ReceiptFixtures.signedBy(ReceiptFixtures.site(2)).jws();
        String posing =
                ours.substring(0, ours.indexOf('.')) + theirs.substring(theirs.indexOf('.'));

        assertThatThrownBy(() -> ReceiptCheck.of(posing, keys))
                .isInstanceOf(NotGenuine.class)
                .hasMessageContaining("its signature does not hold");
    }

    @Test
    void isVerifiedForEverAfterItsKeyWasReplaced() {
        var next = ReceiptFixtures.key(3);
        ReceiptKey old = site.keys().published().getFirst();
        var current =
                new ReceiptKey(ReceiptKeys.kid(next), ReceiptKeys.x(next), Instant.EPOCH, true);
        site.use(
                new ReceiptKeys(
                        next,
                        List.of(
                                current,
                                new ReceiptKey(old.kid(), old.x(), old.createdAt(), false))));

        assertThatCode(() -> ReceiptCheck.of(signed.jws(), jwks(site))).doesNotThrowAnyException();
        assertThatCode(() -> ReceiptCheck.of(ReceiptFixtures.signedBy(site).jws(), jwks(site)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ReceiptCheck.of(ReceiptFixtures.signedBy(site).jws(), keys))
                .isInstanceOf(NotGenuine.class);
    }

    @Test
    void isVerifiedByNimbus() throws Exception {
        JWSObject jws = JWSObject.parse(signed.jws());
        JWK key = JWKSet.parse(keys).getKeyByKeyId(jws.getHeader().getKeyID());

        assertThat(jws.verify(new Ed25519Verifier((OctetKeyPair) key))).isTrue();
        assertThat(key.computeThumbprint().toString()).isEqualTo(key.getKeyID());
        assertThat(jws.getPayload().toJSONObject()).containsEntry("iss", "nr.site-1");
    }

    @Test
    void isAboutItsRequestAndAnswerAndNoOthers() {
        ReceiptCheck check = ReceiptCheck.of(signed.jws(), keys);

        assertThatCode(() -> check.demandRequest(ReceiptFixtures.REQUEST))
                .doesNotThrowAnyException();
        assertThatCode(() -> check.demandAnswer(ReceiptFixtures.ANSWER)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check.demandRequest(ReceiptFixtures.ANSWER))
                .isInstanceOf(NotGenuine.class);
        assertThatThrownBy(() -> check.demandAnswer(new byte[0])).isInstanceOf(NotGenuine.class);
    }

    @Test
    void hasHashesThatAnybodyComputesFromTheSaltAndTheContent() throws Exception {
        var content = ReceiptCheck.of(signed.jws(), keys).claims().path("content");
        byte[] salt = Base64.getUrlDecoder().decode(content.path("salt").asString());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt, "HmacSHA256"));

        byte[] hash = mac.doFinal(ReceiptFixtures.REQUEST);

        assertThat(content.path("request").asString())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    @Test
    void hasAnotherSaltEachTime() {
        String again = ReceiptFixtures.signedBy(site).jws();

        assertThat(ReceiptCheck.of(again, keys).claims().at("/content/request"))
                .isNotEqualTo(ReceiptCheck.of(signed.jws(), keys).claims().at("/content/request"));
    }

    @Test
    void isKnownInTheLogByItsHash() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(signed.jws().getBytes(StandardCharsets.US_ASCII));
        String entry =
                "{\"receipt\":\"%s\",\"request\":\"%s\",\"sequence\":%d}"
                        .formatted(
                                Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
                                ReceiptFixtures.receipt().request(),
                                4_711);
        ReceiptCheck check = ReceiptCheck.of(signed.jws(), keys);

        assertThatCode(() -> check.demandLeaf(entry.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        check.demandLeaf(
                                entry.replace("4711", "4710").getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("older");
    }

    @Test
    void isNotIssuedWhereTheSiteWantsNone() {
        var none = Receipts.notIssued(ReceiptFixtures.key(1), "nr.site-1/audit");

        assertThat(none.begin(ReceiptFixtures.REQUEST)).isEmpty();
        assertThat(jwks(none)).isEqualTo(keys);
    }
}
