package com.neuralrouter.server.device;

import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.approval.Approvable;
import com.neuralrouter.server.approval.Base;
import com.neuralrouter.server.approval.WhatDiffers;
import com.neuralrouter.server.store.Tx;

import java.util.Objects;

/**
 * Invitations of devices that could approve: without a second person for them, one person could let
 * in a device under another name, and approve with it.
 */
public final class InvitationApprovals implements Approvable {
    private final DeviceCommands commands;
    private final SiteEntrance entrance;

    public InvitationApprovals(DeviceCommands commands, SiteEntrance entrance) {
        this.commands = commands;
        this.entrance = entrance;
    }

    @Override
    public ChangeKind kind() {
        return ChangeKind.INVITATION;
    }

    @Override
    public Draft draft(Tx tx, ProposedChange change) {
        CreateInvitation wanted = invitation(change);
        DeviceCommands.demandUsable(wanted);
        return new Draft(
                DeviceCommands.subject(wanted),
                Base.NOTHING,
                WhatDiffers.said(
                        "lets in a device of "
                                + Objects.requireNonNullElse(wanted.person(), wanted.name())
                                + " as "
                                + wanted.role()));
    }

    @Override
    public CarriedOut carryOut(Tx tx, ProposedChange change, Approved approved) {
        Audited<CreatedInvitation> done =
                commands.inviteIn(tx, invitation(change), entrance, approved.consent());
        return new CarriedOut(done.events(), done.value(), null, null);
    }

    private static CreateInvitation invitation(ProposedChange change) {
        CreateInvitation invitation = change.invitation();
        if (invitation == null) {
            throw AdminRefused.field("change.invitation", "is missing");
        }
        return invitation;
    }
}
