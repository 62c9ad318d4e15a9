package com.neuralrouter.server.audit.timestamp;

import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose timestamps are believed: those whose certificate was good for timestamping when they were
 * made, and leads to one of these authorities. A value; any thread.
 */
public record TimestampTrust(List<X509Certificate> authorities) {

    /** A timestamp proves nothing; the message says why. */
    public static final class Unproven extends Exception {
        private static final long serialVersionUID = 1;

        Unproven(String sentence) {
            super(sentence);
        }
    }

    public TimestampTrust {
        authorities = List.copyOf(authorities);
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("no authority is trusted");
        }
    }

    /**
     * When, by the authority's clock, the data was there.
     *
     * @param response a TimeStampResp of RFC 3161, section 2.4.2, DER
     */
    public Instant prove(byte[] response, byte[] data) throws Unproven {
        try {
            TimeStampToken token = new TimeStampResponse(response).getTimeStampToken();
            if (token == null) {
                throw new Unproven("The response has no timestamp.");
            }
            return prove(token, data);
        } catch (TSPException | IOException unreadable) {
            throw new Unproven("The timestamp can't be read: " + unreadable.getMessage());
        }
    }

    private Instant prove(TimeStampToken token, byte[] data) throws Unproven {
        var stamped = token.getTimeStampInfo();
        if (!NISTObjectIdentifiers.id_sha256.equals(stamped.getMessageImprintAlgOID())
                || !MessageDigest.isEqual(stamped.getMessageImprintDigest(), sha256(data))) {
            throw new Unproven("The timestamp is of something else.");
        }
        List<X509CertificateHolder> signers =
                token.getCertificates().getMatches(null).stream()
                        .filter(token.getSID()::match)
                        .toList();
        if (signers.size() != 1) {
            throw new Unproven("The timestamp does not have its signer's certificate.");
        }
        X509CertificateHolder signer = signers.getFirst();
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            demandTrusted(token, signer, stamped.getGenTime());
        } catch (TSPException | OperatorCreationException | GeneralSecurityException wrong) {
            throw new Unproven("The timestamp is not trusted: " + wrong.getMessage());
        }
        return stamped.getGenTime().toInstant();
    }

    /** TLS to a host whose certificate leads to one of the authorities. */
    SSLContext tls() {
        try {
            var parameters = new PKIXBuilderParameters(anchors(), new X509CertSelector());
            parameters.setRevocationEnabled(false);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("TLS can't be set up with these", impossible);
        }
    }

    private Set<TrustAnchor> anchors() {
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(each -> anchors.add(new TrustAnchor(each, null)));
        return anchors;
    }

    private void demandTrusted(TimeStampToken token, X509CertificateHolder signer, Date at)
            throws GeneralSecurityException {
        var converter = new JcaX509CertificateConverter();
        var carried = new ArrayList<X509Certificate>();
        for (X509CertificateHolder each : token.getCertificates().getMatches(null)) {
            carried.add(converter.getCertificate(each));
        }
        carried.addAll(authorities);
        var target = new X509CertSelector();
        target.setCertificate(converter.getCertificate(signer));
        var parameters = new PKIXBuilderParameters(anchors(), target);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(carried)));
        // What matters is that it was good when it stamped; lists of revocation are not at hand.
        parameters.setDate(at);
        parameters.setRevocationEnabled(false);
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
