package com.neuralrouter.desktop.enrol;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.desktop.client.Address;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An identity that lies in files: a profile's own, or an operator's key store that the command line
 * names.
 *
 * @param keyStore PKCS#12
 * @param passwordFile its password as the first line
 * @param root the site's root, PEM
 */
public record KeyStoreFiles(Path keyStore, Path passwordFile, Path root) {

    /**
     * Reads them. Throws {@link CertificateProblem} with a sentence for a person when one of them
     * can't be used.
     */
    public static Profile profile(String name, Address admin, KeyStoreFiles files) {
        var password = password(files.passwordFile());
        try {
            return new Profile(
                    name,
                    admin,
                    TlsIdentity.ofPkcs12(bytes(files.keyStore()), password),
                    Pem.certificates(new String(bytes(files.root()), StandardCharsets.US_ASCII))
                            .getFirst(),
                    files.keyStore());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] password(Path file) {
        var bytes = bytes(file);
        try {
            var text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            var password = new char[end];
            text.get(password);
            return password;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CertificateProblem("The file " + file + " cannot be read.", e);
        }
    }
}
