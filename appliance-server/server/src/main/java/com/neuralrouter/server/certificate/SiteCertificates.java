package com.neuralrouter.server.certificate;

import com.neuralrouter.certs.ca.CertificateFolder;
import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.Vault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The certificates of one site in its folder. {@code init} creates them, {@code serve} loads them,
 * {@code neural-router certs} issues further ones. Private keys lie encrypted under the {@link
 * KeyLock}; files are 0600 in a folder that is 0700. Throws {@link CertificateProblem} with a
 * sentence for the operator. For one thread at a time.
 */
public final class SiteCertificates {
    private static final System.Logger LOG = System.getLogger(SiteCertificates.class.getName());

    private static final String INFERENCE = "inference";
    private static final String ADMIN = "admin";
    private static final String ENROLMENT = "enrolment";

    /** A server's certificate that is this close to its end is replaced at the next start. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    /** The command on the box reaches the listeners by these, whatever the box is called. */
    private static final List<ServerName> LOOPBACK =
            List.of(
                    new ServerName("localhost"),
                    new ServerName("127.0.0.1"),
                    new ServerName("::1"));

    private static final int PASSWORD_BYTES = 32;

    private final CertificateFolder folder;
    private final KeyLock lock;
    private final Clock clock;

    /**
     * @param folder the site's folder for certificates; need not be there before {@link #create}
     */
    public SiteCertificates(Path folder, KeyLock lock, Clock clock) {
        this.folder = new CertificateFolder(folder);
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Makes the site's authority and the certificates of its three listeners.
     *
     * @param names by which apps and desktops reach this box, the best known first; the loopback
     *     names are added
     */
    public void create(String siteName, List<ServerName> names) {
        SiteCertificateAuthority.Created created = SiteCertificateAuthority.create(siteName, clock);
        folder.save(created, lock);
        issueListeners(created.authority(), names);
    }

    /**
     * What locks the private keys of a site's certificates: a key of the vault's for that purpose
     * alone, so that the folder is worth nothing without the vault.
     */
    public static KeyLock lock(Vault vault) {
        byte[] key = vault.key(KeyPurpose.CERTIFICATES);
        try {
            return KeyLock.ofKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Takes up the authority, which enrolment signs with. */
    public SiteCertificateAuthority authority() {
        return folder.authority(lock, clock);
    }

    /** Takes up what the listeners need; replaces those certificates that will soon expire. */
    public ListenerIdentities load() {
        SiteCertificateAuthority authority = authority();
        TlsIdentity enrolment = current(ENROLMENT, authority);
        List<X509Certificate> withRoot = new ArrayList<>(enrolment.chain());
        withRoot.add(authority.root());
        return new ListenerIdentities(
                current(INFERENCE, authority),
                current(ADMIN, authority),
                new TlsIdentity(enrolment.key(), withRoot),
                authority.root());
    }

    /** Gives the listeners new certificates with these names and the loopback ones. */
    public void reissue(List<ServerName> names) {
        issueListeners(authority(), names);
    }

    /**
     * Makes the key store with which the command speaks to the admin listener, and a random
     * password for it beside it. Whoever may read both is the operator of this box.
     *
     * @return the operator's certificate, to be enrolled as a device
     */
    public X509Certificate createOperator(ClientName operator, Path keyStore, Path passwordFile) {
        DeviceKey key = DeviceKey.generate();
        TlsIdentity identity =
                key.with(
                        authority()
                                .issueClient(
                                        CertificateRequest.of(key),
                                        operator,
                                        SiteCertificateAuthority.SERVER_VALIDITY));
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrivateFile.folder(keyStore.resolveSibling(""));
        PrivateFile.folder(passwordFile.resolveSibling(""));
        PrivateFile.create(keyStore, identity.toPkcs12(password.toCharArray()));
        PrivateFile.create(passwordFile, password.getBytes(StandardCharsets.US_ASCII));
        return identity.leaf();
    }

    private void issueListeners(SiteCertificateAuthority authority, List<ServerName> names) {
        Set<ServerName> all = new LinkedHashSet<>(names);
        all.addAll(LOOPBACK);
        for (String listener : List.of(INFERENCE, ADMIN, ENROLMENT)) {
            folder.save(listener, authority.issueServer(List.copyOf(all)), lock);
        }
    }

    private TlsIdentity current(String listener, SiteCertificateAuthority authority) {
        TlsIdentity identity = folder.load(listener, lock);
        var end = identity.leaf().getNotAfter().toInstant();
        if (clock.instant().isBefore(end.minus(RENEWED_BEFORE))) {
            return identity;
        }
        TlsIdentity renewed = authority.issueServer(names(identity.leaf()));
        folder.save(listener, renewed, lock);
        LOG.log(
                System.Logger.Level.INFO,
                "Renewed a listener''s certificate. listener={0} until={1}",
                listener,
                renewed.leaf().getNotAfter().toInstant());
        return renewed;
    }

    private static List<ServerName> names(X509Certificate leaf) {
        try {
            // Each entry is a type (2 for a host name, 7 for an address) and the name itself.
            return leaf.getSubjectAlternativeNames().stream()
                    .map(entry -> new ServerName(String.valueOf(entry.get(1))))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new CertificateProblem("The certificate's names cannot be read.", e);
        }
    }
}
