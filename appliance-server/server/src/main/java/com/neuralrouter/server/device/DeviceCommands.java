package com.neuralrouter.server.device;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.approval.Consent;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Tx;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an owner does with devices. Safe for all threads. */
public final class DeviceCommands {
    private static final int PERSON = 64;

    private final AdminTransactions transactions;
    private final DeviceStore devices;
    private final InvitationStore invitations;
    private final SecondPerson second;
    private final Ids ids;
    private final Clock clock;

    public DeviceCommands(
            AdminTransactions transactions,
            DeviceStore devices,
            InvitationStore invitations,
            SecondPerson second,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.devices = devices;
        this.invitations = invitations;
        this.second = second;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a code with which one device can be enrolled within 15 minutes, and deletes the
     * invitations that expired long ago. Where the site guards changes by a second person, one must
     * approve a device that could approve.
     */
    public CreatedInvitation invite(Authorised by, CreateInvitation wanted, SiteEntrance entrance) {
        by.demand(Permission.DEVICES_MANAGE);
        return transactions.run(
                by,
                tx -> {
                    Consent consent =
                            couldApprove(wanted)
                                    ? second.demand(tx, ChangeKind.INVITATION, subject(wanted))
                                    : second.forWhatIsNew();
                    return inviteIn(tx, wanted, entrance, consent);
                });
    }

    static boolean couldApprove(CreateInvitation wanted) {
        return wanted.role().may(Permission.APPROVALS_DECIDE);
    }

    static String subject(CreateInvitation wanted) {
        return "the invitation of '" + wanted.name() + "' as " + wanted.role();
    }

    /** Throws {@link AdminRefused} for names that can't be used. */
    static void demandUsable(CreateInvitation wanted) {
        demandName(wanted.name());
        if (wanted.person() != null) {
            Names.demandLabel("person", wanted.person(), PERSON);
        }
    }

    Audited<CreatedInvitation> inviteIn(
            Tx tx, CreateInvitation wanted, SiteEntrance entrance, Consent consent) {
        demandUsable(wanted);
        String name = demandName(wanted.name());
        EnrolmentToken token = EnrolmentToken.draw();
        Instant now = now();
        Invitation invitation =
                new Invitation(
                        new InvitationId(ids.next()),
                        token.selector(),
                        token.hash(),
                        name,
                        wanted.role(),
                        now,
                        now.plus(Invitation.VALIDITY),
                        0,
                        false,
                        wanted.person());
        String code =
                new EnrolmentCode(
                                entrance.enrolmentPort().getAsInt(),
                                token.bytes(),
                                Fingerprints.pin(entrance.authority().root()))
                        .text();
        var created =
                new CreatedInvitation(
                        invitation.id(), name, wanted.role(), invitation.expiresAt(), code);
        return new Audited<>(created, invited(tx, invitation, consent));
    }

    private List<AuditEvent> invited(Tx tx, Invitation invitation, Consent consent) {
        int purged =
                invitations.deleteExpiredBefore(tx, invitation.createdAt().minus(Invitation.KEPT));
        invitations.insert(tx, invitation);
        var events = new ArrayList<AuditEvent>();
        if (purged > 0) {
            events.add(
                    AuditEvent.done(
                            "invitation.purged",
                            "invitation",
                            Map.of("expired", Integer.toString(purged))));
        }
        var details = new HashMap<>(consent.details());
        details.put("name", invitation.name());
        details.put("role", invitation.role().name());
        if (invitation.person() != null) {
            details.put("person", invitation.person());
        }
        events.add(AuditEvent.done("device.invited", "invitation/" + invitation.id(), details));
        return events;
    }

    /**
     * Ends a device's access with its next request. One that was revoked before stays as it is; the
     * last device by which an owner can act is refused.
     */
    public Device revoke(Authorised by, DeviceId id) {
        by.demand(Permission.DEVICES_MANAGE);
        return transactions.run(by, tx -> revoke(tx, id));
    }

    private Audited<Device> revoke(Tx tx, DeviceId id) {
        Device device = devices.find(tx, id).orElseThrow(() -> AdminRefused.notFound("device", id));
        Instant now = now();
        if (device.revokedAt() == null
                && device.role() == Role.OWNER
                && !devices.anotherOwner(tx, id, now)) {
            throw new AdminRefused(
                    ProblemCode.IN_USE,
                    "'"
                            + device.name()
                            + "' is the last device with the role OWNER: without it nobody could"
                            + " invite devices. Enrol another owner's device first.");
        }
        devices.revoke(tx, id, now);
        return Audited.of(
                devices.find(tx, id).orElseThrow(),
                AuditEvent.done("device.revoked", "device/" + id, Map.of("name", device.name())));
    }

    /**
     * Enrols the operator of this box, whose certificate {@code init} has made; the site must be
     * founded.
     */
    public Device enrolOperator(
            Authorised by, DeviceId id, String name, X509Certificate certificate) {
        by.demand(Permission.DEVICES_MANAGE);
        Device operator =
                new Device(
                        id,
                        demandName(name),
                        Role.OWNER,
                        Fingerprints.of(certificate),
                        now(),
                        certificate.getNotAfter().toInstant(),
                        null);
        return transactions.run(
                by,
                tx -> {
                    devices.insert(tx, operator);
                    return Audited.of(operator, enrolled(operator, Map.of()));
                });
    }

    static AuditEvent enrolled(Device device, Map<String, String> more) {
        var details = new HashMap<>(more);
        details.put("name", device.name());
        details.put("role", device.role().name());
        if (device.person() != null) {
            details.put("person", device.person());
        }
        details.put("fingerprint", device.fingerprint());
        return AuditEvent.done("device.enrolled", "device/" + device.id(), details);
    }

    /** What a certificate can carry is what a device may be called. */
    private static String demandName(String name) {
        try {
            return new ClientName(name, new UUID(0, 0), new UUID(0, 0)).name();
        } catch (CertificateProblem e) {
            throw AdminRefused.field("name", e.sentence());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
