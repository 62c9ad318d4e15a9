package com.neuralrouter.server.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.provider.ProviderRules;
import com.neuralrouter.server.provider.bedrock.AmazonSignature.Scope;
import com.neuralrouter.server.provider.bedrock.AmazonSignature.Signed;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;

/** Amazon's published test suite for Signature Version 4, as far as it has requests like ours. */
class AmazonSignatureTest {
    private static final byte[] SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".getBytes(UTF_8);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "get-vanilla, GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "post-vanilla, POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "get-space-normalized, GET, /example space/,"
                + " 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
        "get-utf8, GET, /\u1234,"
                + " 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"
    })
    void signsAsAmazonsTestSuiteDoes(String name, String method, String path, String signature) {
        var headers = new TreeMap<String, String>();
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", AmazonSignature.time(CLOCK.instant()));

        String authorization =
                AmazonSignature.of(
                        new Signed(method, path, headers, new byte[0]),
                        new Scope("us-east-1", "service"),
                        "AKIDEXAMPLE",
                        SECRET);

        assertThat(authorization)
                .as(name)
                .isEqualTo(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
                                + "aws4_request, SignedHeaders=host;x-amz-date, Signature="
                                + signature);
    }

    @Test
    void signsABodyAndItsType() {
        var headers = new TreeMap<String, String>();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", "20150830T123600Z");

        String authorization =
                AmazonSignature.of(
                        new Signed("POST", "/", headers, "Param1=value1".getBytes(UTF_8)),
                        new Scope("us-east-1", "service"),
                        "AKIDEXAMPLE",
                        SECRET);

        assertThat(authorization)
                .contains("SignedHeaders=content-type;host;x-amz-date")
                .endsWith("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock-runtime.eu-central-1.amazonaws.com, eu-central-1",
        "bedrock-runtime-fips.us-gov-west-1.amazonaws.com, us-gov-west-1",
        "vpce-0a1b-2c.bedrock-runtime.ap-southeast-2.vpce.amazonaws.com, ap-southeast-2",
        "bedrock-runtime.cn-north-1.amazonaws.com.cn, cn-north-1",
        "gateway.internal, ''",
        "127.0.0.1, ''"
    })
    void findsTheRegionInAHostsName(String host, String region) {
        URI address = URI.create("https://" + host);

        assertThat(ProviderRules.amazonRegion(address, null)).isEqualTo(region);
        assertThat(ProviderRules.amazonRegion(address, "eu-north-1"))
                .isEqualTo(region.isEmpty() ? "eu-north-1" : region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKID", "AKID:", ":secret", ""})
    void signsNothingWithoutAnAccessKey(String credential) {
        var signer = new AmazonSigner(CLOCK);

        assertThat(
                        signer.sign(
                                URI.create("https://bedrock.test"),
                                "eu-west-1",
                                "/model/m/converse",
                                new byte[0],
                                SecretBytes.copyOf(credential.getBytes(UTF_8))))
                .isNull();
    }
}
