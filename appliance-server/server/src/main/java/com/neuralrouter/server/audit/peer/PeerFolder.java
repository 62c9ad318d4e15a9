package com.neuralrouter.server.audit.peer;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/**
 * One witnessed site's files, in {@code audit/peers/<name>}: how to reach it ({@code address},
 * {@code root.pem}, {@code identity.p12}, {@code identity.password}), what was seen last ({@code
 * seen.note}, whose first lines are the pinned keys), and an alarm ({@code alarm}) as long as one
 * stands. For one thread.
 *
 * @param root the folder; its name is what the peer is called here
 */
public record PeerFolder(Path root) {
    private static final String SEEN = "seen.note";
    private static final String ALARM = "alarm";

    /** What was seen last: the pinned keys, and the checkpoint with this witness's signature. */
    record Seen(List<NoteVerifier> keys, SignedNote note) {
        Seen {
            keys = List.copyOf(keys);
        }

        @Override
        public String toString() {
            return keys.stream().map(key -> key + "\n").collect(Collectors.joining()) + "\n" + note;
        }

        static Seen parse(String text) {
            int blank = text.indexOf("\n\n");
            if (blank < 0) {
                throw new MalformedNote("What was seen has keys and a note.");
            }
            return new Seen(
                    text.substring(0, blank).lines().map(NoteVerifier::parse).toList(),
                    SignedNote.parse(text.substring(blank + 2)));
        }
    }

    /** All that were joined, below a site's folder of them. */
    public static List<PeerFolder> in(Path peers) {
        if (!Files.isDirectory(peers)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(peers)) {
            return folders.filter(each -> Files.exists(each.resolve("address")))
                    .sorted()
                    .map(PeerFolder::new)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String name() {
        return String.valueOf(root.getFileName());
    }

    /** Keeps how the peer is reached; the caller wipes the password. */
    public void join(
            URI address, X509Certificate authority, TlsIdentity identity, char[] password) {
        PrivateFile.folder(root);
        PrivateFile.create(root.resolve("root.pem"), ascii(Pem.write(List.of(authority))));
        PrivateFile.create(root.resolve("identity.p12"), identity.toPkcs12(password));
        PrivateFile.create(root.resolve("identity.password"), ascii(new String(password)));
        PrivateFile.create(root.resolve("address"), ascii(address.toString()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where its admin listener is. */
    URI address() throws IOException {
        return URI.create(read("address").strip());
    }

    /** TLS to it, and to nobody else. */
    SSLContext tls() throws IOException {
        char[] password = read("identity.password").toCharArray();
        try {
            TlsIdentity identity =
                    TlsIdentity.ofPkcs12(
                            Files.readAllBytes(root.resolve("identity.p12")), password);
            return PinnedTrust.ofRoot(Pem.certificate(read("root.pem"))).context(identity);
        } catch (CertificateProblem problem) {
            throw new IOException("the identity for the peer can't be used", problem);
        }
    }

    /** Throws {@link MalformedNote} when the file was damaged. */
    Optional<Seen> seen() throws IOException {
        return Files.exists(root.resolve(SEEN))
                ? Optional.of(Seen.parse(read(SEEN)))
                : Optional.empty();
    }

    void keep(Seen seen) {
        PrivateFile.replace(root.resolve(SEEN), seen.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What the alarm that stands says, if one does. */
    Optional<String> alarm() throws IOException {
        return Files.exists(root.resolve(ALARM)) ? Optional.of(read(ALARM)) : Optional.empty();
    }

    void raise(String evidence) {
        PrivateFile.replace(root.resolve(ALARM), evidence.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }
}
