package com.neuralrouter.server.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Texts of which it is known what is in them, generated from a seed. The check digits are reckoned
 * here a second time, by search: the digits that the published rule allows, found by trying all.
 */
final class LabelledSamples extends SampleText {
    private final NationalSamples numbers;

    LabelledSamples(long seed) {
        super(seed);
        this.numbers = new NationalSamples(seed);
    }

    /**
     * @param held whether the detector's thing is in it
     */
    record Sample(String text, boolean held) {}

    List<Sample> of(String id, int count) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < count; i++) {
            boolean held = i % 2 == 0;
            String thing = held ? thing(id) : lookalike(id);
            samples.add(new Sample(prose() + " " + lead(id) + thing + tail() + prose(), held));
        }
        return samples;
    }

    private String tail() {
        return pick(" ", ". ", ", ", "; ", ")\n", "\n");
    }

    /** Words before it, where a detector wants some. */
    private String lead(String id) {
        return switch (id) {
            case "nl-bsn" -> pick("BSN ", "BSN: ", "burgerservicenummer ");
            case "uk-nhs" -> pick("NHS number ", "NHS no. ", "patient ");
            case "in-aadhaar" -> pick("Aadhaar ", "aadhaar no: ");
            case "se-personnummer" -> pick("", "personnummer ");
            case "us-ssn" -> pick("SSN ", "social security number ");
            case "br-cpf" -> pick("CPF ", "cpf: ");
            case "phone" -> pick("Tel. ", "phone: ", "call ");
            case "url-password" -> pick("", "url=");
            default -> pick("", "(", "no. ", "\"");
        };
    }

    private String thing(String id) {
        return switch (id) {
            case "payment-card" -> grouped(card(), 4);
            case "iban" -> iban();
            case "email" ->
                    name()
                            + pick(".", "_", "+", "")
                            + name()
                            + "@"
                            + name()
                            + pick(".de", ".org", ".co.uk", ".example");
            case "phone" ->
                    pick(
                            "+49 " + digits(2, true) + " " + digits(7, true),
                            "+1 ("
                                    + "2"
                                    + digits(2, false)
                                    + ") 5"
                                    + digits(2, false)
                                    + "-"
                                    + digits(4, false),
                            "+4420" + digits(8, true),
                            "0" + digits(3, true) + "/" + digits(6, true) + "-" + digits(2, false),
                            "(415) 5" + digits(2, false) + "-" + digits(4, false));
            default -> secretOrNumber(id);
        };
    }

    private String secretOrNumber(String id) {
        return switch (id) {
            case "openai-key" ->
                    "sk-" + pick("", "proj-", "svcacct-") + chars(ALNUM, random.nextInt(32, 150));
            case "anthropic-key" -> "sk-ant-api03-" + chars(ALNUM + "_-", 90) + "AA";
            case "aws-access-key" -> pick("AKIA", "ASIA") + chars(UPPER + "234567", 16);
            case "google-key" -> "AIza" + chars(ALNUM + "_-", 34) + "x";
            case "github-token" -> pick("ghp_", "gho_", "ghs_", "ghu_") + chars(ALNUM, 36);
            case "gitlab-token" -> "glpat-" + chars(ALNUM + "_-", 19) + "x";
            case "slack-token" ->
                    pick("xoxb-", "xoxp-")
                            + digits(11, true)
                            + "-"
                            + digits(11, true)
                            + "-"
                            + chars(ALNUM, 24);
            case "stripe-key" -> pick("sk_live_", "rk_live_", "sk_test_") + chars(ALNUM, 24);
            case "huggingface-token" -> "hf_" + chars(ALNUM, 34);
            case "npm-token" -> "npm_" + chars(ALNUM, 36);
            case "neural-router-key" ->
                    "nr_"
                            + chars("abcdefghjkmnpqrstvwxyz23456789", 12)
                            + "_"
                            + chars(ALNUM, 40)
                            + "_"
                            + chars(ALNUM, 6);
            case "jwt" ->
                    jwt("{\"alg\":\"" + pick("HS256", "RS256", "EdDSA") + "\",\"typ\":\"JWT\"}");
            case "private-key" ->
                    pem(
                            pick(
                                    "PRIVATE KEY",
                                    "RSA PRIVATE KEY",
                                    "EC PRIVATE KEY",
                                    "ENCRYPTED PRIVATE KEY"));
            case "url-password" ->
                    pick("postgres://", "https://", "amqp://")
                            + name()
                            + ":"
                            + chars(ALNUM + "!%$", 10)
                            + "@"
                            + name()
                            + ".example.org/x";
            case "azure-storage-key" -> "AccountKey=" + chars(ALNUM + "+/", 86) + "==";
            default -> numbers.of(id, true);
        };
    }

    private String lookalike(String id) {
        return switch (id) {
            case "payment-card" ->
                    pick(
                            grouped(broken(card()), 4),
                            uuid(),
                            digits(19, true),
                            "2024-11-30 10:30:59.123");
            case "iban" -> pick(broken(iban()), "DE" + digits(6, true), uuid());
            case "email" ->
                    pick(
                            name() + " at " + name() + ".de",
                            "@" + name(),
                            name() + "@",
                            name() + "@localhost");
            case "phone" ->
                    pick(
                            digits(5, true),
                            "12:30",
                            "#" + digits(4, true),
                            "v1.2." + digits(2, true));
            case "jwt" -> pick(jwt("{\"foo\":\"HS256\"}"), "eyJ" + chars(ALNUM, 20), "eyJ.x.y");
            case "private-key" -> pem(pick("CERTIFICATE", "PUBLIC KEY", "CERTIFICATE REQUEST"));
            case "url-password" ->
                    pick(
                            "https://example.org:8443/a@b",
                            "https://" + name() + ".org/@" + name(),
                            "git@" + name() + ".org:x/y");
            case "openai-key" ->
                    pick("sk-learn", "task-" + chars(ALNUM, 30), "sk-" + chars(ALNUM, 12));
            case "neural-router-key" -> pick("nr_" + name(), "nr_of_" + name() + "_in_stock");
            case "anthropic-key" -> pick("sk-ant-", "sk-anthill");
            case "azure-storage-key" -> "AccountKey=" + chars(ALNUM, 40);
            case "aws-access-key" ->
                    pick("AKIA" + chars(UPPER, 10), "ASIAPACIFIC", "xAKIA" + chars(UPPER, 16));
            case "google-key" -> "AIza" + chars(ALNUM, 20);
            case "github-token",
                    "gitlab-token",
                    "slack-token",
                    "stripe-key",
                    "huggingface-token",
                    "npm-token" ->
                    pick("ghp_", "glpat-", "xoxb-", "sk_live_", "hf_", "npm_") + chars(ALNUM, 8);
            default -> numbers.of(id, false);
        };
    }

    private String card() {
        String begin = pick("4", "51", "55", "2221", "37", "6011", "3530");
        int length = begin.equals("37") ? 15 : 16;
        String body = begin + digits(length - 1 - begin.length(), false);
        for (char c : DIGITS.toCharArray()) {
            if (PublishedRules.luhn(body + c)) {
                return body + c;
            }
        }
        throw new IllegalStateException(body);
    }

    private String iban() {
        String bban =
                pick(
                        "DE??" + digits(18, false),
                        "AT??" + digits(16, false),
                        "ES??" + digits(20, false),
                        "GB??" + chars(UPPER, 4) + digits(14, false),
                        "NL??" + chars(UPPER, 4) + digits(10, false),
                        "FR??" + digits(10, false) + chars(DIGITS + UPPER, 11) + digits(2, false));
        for (int i = 2; i < 99; i++) {
            String iban = bban.replace("??", "%02d".formatted(i));
            if (PublishedRules.iban(iban)) {
                return pick(iban, grouped(iban, 4), iban.toLowerCase(Locale.ROOT));
            }
        }
        throw new IllegalStateException(bban);
    }

    private String jwt(String header) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(
                        ("{\"sub\":\"" + name() + "\"}").getBytes(StandardCharsets.UTF_8))
                + "."
                + chars(ALNUM + "_-", 42);
    }

    private String pem(String what) {
        var text = new StringBuilder("-----BEGIN " + what + "-----\n");
        for (int i = 0; i < random.nextInt(1, 25); i++) {
            text.append(chars(ALNUM + "+/", 64)).append('\n');
        }
        return text.append("-----END ").append(what).append("-----").toString();
    }
}
