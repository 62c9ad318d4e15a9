package com.neuralrouter.desktop.enrol;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.JsonExchange;
import com.neuralrouter.desktop.client.Trouble;

import tools.jackson.core.type.TypeReference;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;

/**
 * Enrols this device with a one-time code: makes the key here, checks the appliance against the
 * code's pin, and only then sends the token and the certificate request.
 *
 * <p>The order is the point: the TLS handshake fails before a byte of HTTP when the chain does not
 * end in the pinned root, so the token never reaches a stranger. Blocking; cancelled by interrupt.
 */
public final class EnrolmentFlow {

    /**
     * What enrolment gives.
     *
     * @param name the name under which the site knows this device
     * @param admin where to connect from now on
     */
    public record Enrolled(
            String applianceName,
            String name,
            Role role,
            Address admin,
            TlsIdentity identity,
            X509Certificate root) {}

    /** Enrols at that host; the port of the enrolment listener is in the code. */
    public Answer<Enrolled> enrol(String host, EnrolmentCode code) {
        var address = new Address(host, code.port());
        var key = DeviceKey.generate();
        var request = new EnrolDevice(code.tokenText(), CertificateRequest.of(key).pem());
        try (var exchange = new JsonExchange(address, PinnedTrust.ofPin(code.pin()).context())) {
            Answer<EnrolledDevice> answer =
                    exchange.post(AdminApi.ENROL, request, new TypeReference<>() {});
            return switch (answer) {
                case Answer.Refused<EnrolledDevice>(Trouble trouble) ->
                        new Answer.Refused<>(trouble);
                case Answer.Ok<EnrolledDevice>(EnrolledDevice device) ->
                        accept(address, code, key, device);
            };
        }
    }

    /** Takes the certificate only if it is over our key and the root is the pinned one. */
    private static Answer<Enrolled> accept(
            Address address, EnrolmentCode code, DeviceKey key, EnrolledDevice device) {
        try {
            var root = Pem.certificate(device.rootCertificate());
            if (!MessageDigest.isEqual(code.pin(), Fingerprints.pin(root))) {
                return new Answer.Refused<>(
                        new Trouble.ServerNotTrusted(
                                address.toString(),
                                "the root in the answer is not the pinned one"));
            }
            return new Answer.Ok<>(
                    new Enrolled(
                            device.applianceName(),
                            device.name(),
                            device.role(),
                            address.at(device.adminPort()),
                            key.with(Pem.certificates(device.certificateChain())),
                            root));
        } catch (CertificateProblem | IllegalArgumentException e) {
            var said = e.getMessage();
            return new Answer.Refused<>(
                    new Trouble.NotUnderstood(
                            address.toString(), said == null ? "unusable certificate" : said));
        }
    }
}
