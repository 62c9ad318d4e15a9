package com.neuralrouter.server.acceptance;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.bootstrap.SiteFolder;

import java.io.IOException;

/**
 * A second administrator's device, let in the way a desktop is.
 *
 * @param code what the owner handed over
 * @param token the secret part of the code
 */
record Enrolled(DeviceId device, TlsIdentity identity, String code, String token) {

    static Enrolled in(SiteFolder site, int port, Administrator owner, String name)
            throws IOException {
        return in(site, port, owner, new CreateInvitation(name, Role.OWNER));
    }

    static Enrolled in(SiteFolder site, int port, Administrator owner, CreateInvitation wanted)
            throws IOException {
        String code = owner.post(AdminApi.INVITATIONS, wanted, CreatedInvitation.class).code();
        var readable = ((EnrolmentCode.Readable) EnrolmentCode.read(code)).code();
        DeviceKey key = DeviceKey.generate();
        try (var stranger = new Administrator(SiteTrust.of(site).context(), port)) {
            EnrolledDevice enrolled =
                    stranger.post(
                            AdminApi.ENROL,
                            new EnrolDevice(readable.tokenText(), CertificateRequest.of(key).pem()),
                            EnrolledDevice.class);
            return new Enrolled(
                    enrolled.id(),
                    key.with(Pem.certificates(enrolled.certificateChain())),
                    code,
                    readable.tokenText());
        }
    }
}
