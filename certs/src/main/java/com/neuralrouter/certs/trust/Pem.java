package com.neuralrouter.certs.trust;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The textual encoding of certificates, keys and requests (RFC 7468). Text around the blocks is
 * skipped, as the RFC allows.
 */
public final class Pem {
    public static final String CERTIFICATE = "CERTIFICATE";
    public static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";
    public static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /** One block: its label and its bytes. */
    public record Block(String label, byte[] der) {}

    /** Writes one block. */
    public static String write(String label, byte[] der) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, lines.encodeToString(der), label);
    }

    /** Writes certificates one after the other. */
    public static String write(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(write(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new CertificateProblem("The certificate cannot be encoded.", e);
            }
        }
        return text.toString();
    }

    /** Writes one certificate. */
    public static String write(X509Certificate certificate) {
        return write(List.of(certificate));
    }

    /** All blocks, in order; none if there are none. */
    public static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(1), matcher.group(2))));
        }
        return blocks;
    }

    /** The bytes of the only block; it must have the label. */
    public static byte[] only(String label, String text) {
        List<Block> blocks = blocks(text);
        if (blocks.size() != 1 || !blocks.getFirst().label().equals(label)) {
            throw new CertificateProblem(
                    "Expected exactly one PEM block '"
                            + label
                            + "', found "
                            + blocks.stream().map(Block::label).toList()
                            + ".");
        }
        return blocks.getFirst().der();
    }

    /** All certificates, in order; at least one. Blocks of other kinds are an error. */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (!block.label().equals(CERTIFICATE)) {
                throw new CertificateProblem(
                        "Expected only certificates, found '" + block.label() + "'.");
            }
            certificates.add(certificate(block.der()));
        }
        if (certificates.isEmpty()) {
            throw new CertificateProblem("There is no PEM certificate in it.");
        }
        return List.copyOf(certificates);
    }

    /** The only certificate. */
    public static X509Certificate certificate(String text) {
        return certificate(only(CERTIFICATE, text));
    }

    /** Reads a certificate from DER. */
    public static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new CertificateProblem("The certificate is damaged.", e);
        }
    }

    private static byte[] decode(String label, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new CertificateProblem("The PEM block '" + label + "' is damaged.", e);
        }
    }
}
