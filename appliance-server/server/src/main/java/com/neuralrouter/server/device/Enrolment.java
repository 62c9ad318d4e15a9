package com.neuralrouter.server.device;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Tx;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns an invitation and a certificate request into an enrolled device. Whoever calls is not known
 * yet: all failures look the same to them, and the audit trail has the reason. An attempt that
 * fails is counted in the store, so that a restart does not forget it. Safe for all threads.
 */
public final class Enrolment {
    private static final String PART = "enrolment";
    private static final String REFUSED = "enrolment.refused";

    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final SiteStore site;
    private final DeviceStore devices;
    private final InvitationStore invitations;
    private final SiteEntrance entrance;
    private final Ids ids;
    private final Clock clock;

    public Enrolment(
            AdminTransactions transactions,
            SiteReads reads,
            SiteStore site,
            DeviceStore devices,
            InvitationStore invitations,
            SiteEntrance entrance,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.reads = reads;
        this.site = site;
        this.devices = devices;
        this.invitations = invitations;
        this.entrance = entrance;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Enrols a device. Throws {@link AdminRefused} with {@code invitation_refused}, always with the
     * same words.
     */
    public EnrolledDevice enrol(EnrolDevice wanted, String address, RequestId requestId) {
        Optional<EnrolmentToken> token = EnrolmentToken.read(wanted.token());
        boolean known =
                token.isPresent()
                        && reads.read(tx -> invitations.find(tx, token.get().selector()))
                                .isPresent();
        if (!known) {
            transactions.record(
                    new Actor.Appliance(PART),
                    requestId,
                    AuditEvent.refused(
                            REFUSED,
                            "invitation/unknown",
                            Map.of("reason", "unknown", "address", address)));
            throw refused();
        }
        // One transaction for everything that follows: the invitation that is used or counted
        // against, the device and the audit entry. Changes run one after another, so that two
        // requests with one code can't both win.
        Authorised by = Authorisation.ofAppliance(PART, Permission.DEVICES_MANAGE, requestId);
        return transactions
                .run(by, tx -> attempt(tx, token.get(), wanted.certificateRequest(), address))
                .orElseThrow(Enrolment::refused);
    }

    private Audited<Optional<EnrolledDevice>> attempt(
            Tx tx, EnrolmentToken token, String request, String address) {
        Invitation invitation = invitations.find(tx, token.selector()).orElseThrow();
        Optional<String> refusal = invitation.refusal(token, clock.instant());
        if (refusal.isPresent()) {
            return failed(tx, invitation, refusal.get(), address);
        }
        List<X509Certificate> chain;
        DeviceId id = new DeviceId(ids.next());
        try {
            chain = certify(CertificateRequest.read(request), invitation, id, installation(tx));
        } catch (CertificateProblem e) {
            return failed(tx, invitation, e.sentence(), address);
        }
        if (devices.find(tx, Fingerprints.of(chain.getFirst())).isPresent()) {
            return failed(tx, invitation, "key_enrolled_before", address);
        }
        return enrolled(tx, invitation, id, chain, address);
    }

    private Audited<Optional<EnrolledDevice>> enrolled(
            Tx tx,
            Invitation invitation,
            DeviceId id,
            List<X509Certificate> chain,
            String address) {
        X509Certificate leaf = chain.getFirst();
        Device device =
                new Device(
                        id,
                        invitation.name(),
                        invitation.role(),
                        Fingerprints.of(leaf),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        leaf.getNotAfter().toInstant(),
                        null,
                        invitation.person());
        devices.insert(tx, device);
        invitations.use(tx, invitation.id(), id);
        EnrolledDevice answer =
                new EnrolledDevice(
                        id,
                        device.name(),
                        device.role(),
                        entrance.name(),
                        Pem.write(chain),
                        Pem.write(entrance.authority().root()),
                        entrance.adminPort().getAsInt());
        return Audited.of(
                Optional.of(answer),
                DeviceCommands.enrolled(
                        device,
                        Map.of("invitation", invitation.id().toString(), "address", address)));
    }

    private Audited<Optional<EnrolledDevice>> failed(
            Tx tx, Invitation invitation, String reason, String address) {
        invitations.countFailure(tx, invitation.id());
        return Audited.of(
                Optional.empty(),
                AuditEvent.refused(
                        REFUSED,
                        "invitation/" + invitation.id(),
                        Map.of("reason", reason, "address", address)));
    }

    private List<X509Certificate> certify(
            CertificateRequest request, Invitation invitation, DeviceId id, UUID installation) {
        return entrance.authority()
                .issueClient(
                        request,
                        new ClientName(invitation.name(), installation, id.value()),
                        SiteCertificateAuthority.CLIENT_VALIDITY);
    }

    private UUID installation(Tx tx) {
        return site.installation(tx)
                .orElseThrow(() -> new IllegalStateException("the site was not founded"));
    }

    private static AdminRefused refused() {
        return new AdminRefused(
                ProblemCode.INVITATION_REFUSED, ProblemCode.INVITATION_REFUSED.title());
    }
}
