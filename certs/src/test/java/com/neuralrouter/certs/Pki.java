package com.neuralrouter.certs;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.TlsIdentity;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A whole site's PKI for tests; another instance is a stranger that has the same names. */
public record Pki(SiteCertificateAuthority authority, TlsIdentity rootIdentity) {
    public static final UUID INSTALLATION = new UUID(1, 2);
    public static final UUID DEVICE = new UUID(3, 4);

    public static Pki now() {
        return at(Clock.systemUTC());
    }

    /** As it was made so long ago. */
    public static Pki past(Duration ago) {
        return at(Clock.offset(Clock.systemUTC(), ago.negated()));
    }

    private static Pki at(Clock clock) {
        var created = SiteCertificateAuthority.create("Test Site", clock);
        return new Pki(created.authority(), created.root());
    }

    public X509Certificate root() {
        return authority.root();
    }

    public TlsIdentity server(String... names) {
        return authority.issueServer(List.of(names).stream().map(ServerName::new).toList());
    }

    /** A server that sends its root too, as the enrolment listener does. */
    public TlsIdentity serverWithRoot(String... names) {
        return withRoot(server(names));
    }

    public TlsIdentity withRoot(TlsIdentity identity) {
        List<X509Certificate> chain = new ArrayList<>(identity.chain());
        chain.add(root());
        return new TlsIdentity(identity.key(), chain);
    }

    public TlsIdentity client(String name) {
        DeviceKey key = DeviceKey.generate();
        return key.with(
                authority.issueClient(
                        CertificateRequest.of(key),
                        new ClientName(name, INSTALLATION, DEVICE),
                        SiteCertificateAuthority.CLIENT_VALIDITY));
    }
}
