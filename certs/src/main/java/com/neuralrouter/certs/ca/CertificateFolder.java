package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.certs.trust.TlsIdentity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/**
 * A site's PKI as files: {@code root.pem} is the root certificate, for everybody; {@code
 * issuing.pem} and one {@code <name>.pem} for each server hold an encrypted key and its chain in
 * one file, so that they cannot fall apart. {@code root.key} may be taken away: nothing here needs
 * it.
 *
 * <p>Throws {@link CertificateProblem} for what cannot be used and {@link UncheckedIOException} for
 * what cannot be read or written.
 */
public final class CertificateFolder {
    private static final String ISSUING = "issuing";

    private final Path folder;

    public CertificateFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes a new authority; refuses to write over one that is there. */
    public void save(SiteCertificateAuthority.Created created, KeyLock lock) {
        if (Files.exists(file("root.pem"))) {
            throw new CertificateProblem(
                    "There is a site's PKI in " + folder + " already; it is left as it is.");
        }
        PrivateFile.folder(folder);
        PrivateFile.replace(file("root.key"), bytes(lock.lock(created.root().key())));
        save(ISSUING, created.authority().issuingIdentity(), lock);
        // The root certificate comes last: where it is, the others are.
        PrivateFile.replace(file("root.pem"), bytes(Pem.write(created.root().leaf())));
    }

    /** Takes up the authority that is here. */
    public SiteCertificateAuthority authority(KeyLock lock, Clock clock) {
        return new SiteCertificateAuthority(root(), load(ISSUING, lock), clock);
    }

    /** The root certificate, without any key. */
    public X509Certificate root() {
        return Pem.certificate(read(file("root.pem")));
    }

    /** Writes the key and chain of a server in place of those that are there. */
    public void save(String name, TlsIdentity identity, KeyLock lock) {
        String text = lock.lock(identity.key()) + Pem.write(identity.chain());
        PrivateFile.replace(file(name + ".pem"), bytes(text));
    }

    /** Reads the key and chain of a server. */
    public TlsIdentity load(String name, KeyLock lock) {
        Path file = file(name + ".pem");
        List<Pem.Block> blocks = Pem.blocks(read(file));
        if (blocks.size() < 2) {
            throw new CertificateProblem(file + " must hold a private key and its certificates.");
        }
        List<X509Certificate> chain =
                blocks.stream().skip(1).map(block -> Pem.certificate(block.der())).toList();
        try {
            return new TlsIdentity(lock.unlock(blocks.getFirst()), chain);
        } catch (CertificateProblem e) {
            throw new CertificateProblem(file + ": " + e.sentence(), e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CertificateProblem("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
