package com.neuralrouter.desktop.devices;

import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.devices.DevicesViewModel.Standing;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;
import java.util.Locale;

/** Shows the devices that may administer the site, invites another and revokes one. */
public final class DevicesView {
    private static final int SHORT = 12;

    private final DevicesViewModel model;
    private final ConnectionModel connection;
    private final ViewContext context;
    private final BooleanBinding mayManage;

    public DevicesView(DevicesViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.connection = connection;
        this.context = context;
        mayManage = connection.may(Permission.DEVICES_MANAGE);
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("devices", context, model, Material2AL.DEVICES, columns())
                .identifiedBy(Device::id)
                .spare("fingerprint", "enrolled", "expires", "role", "person")
                .detail(this::detail)
                .searched(model.search())
                .primary("invite", Material2MZ.PERSON_ADD, mayManage, this::openForm);
    }

    private List<Column<Device>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 170, Look.STRONG, Device::name),
                Column.of("person", text("column.person"), 140, Look.TEXT, Device::heldBy),
                Column.of(
                        "role",
                        text("column.role"),
                        110,
                        Look.TEXT,
                        device -> InvitationForm.word(context, device.role())),
                Column.pills(
                        "standing",
                        text("column.standing"),
                        145,
                        device -> word(model.standing(device)),
                        device -> tone(model.standing(device))),
                Column.of(
                        "fingerprint",
                        text("column.fingerprint"),
                        150,
                        Look.MONO,
                        DevicesView::shortForm),
                Column.of(
                                "enrolled",
                                text("column.enrolled"),
                                120,
                                Look.TEXT,
                                (Device device) -> context.formats().date(device.enrolledAt()))
                        .sortedBy(Device::enrolledAt),
                Column.of(
                                "expires",
                                text("column.expires"),
                                130,
                                Look.TEXT,
                                (Device device) ->
                                        context.formats().date(device.certificateExpiresAt()))
                        .sortedBy(Device::certificateExpiresAt));
    }

    private DetailPane detail(Device device) {
        var standing = model.standing(device);
        var revokedAt = device.revokedAt();
        var formats = context.formats();
        var pane =
                new DetailPane("devices.detail", context, device.name())
                        .node(
                                text("column.standing"),
                                new StatusPill(tone(standing), word(standing)))
                        .fact(text("column.person"), device.heldBy())
                        .fact(text("column.role"), InvitationForm.word(context, device.role()))
                        .fact(
                                text("may"),
                                text("role." + device.role().name().toLowerCase(Locale.ROOT)))
                        .copyable("fingerprint", text("fingerprint"), device.fingerprint())
                        .fact(text("column.enrolled"), formats.dateTime(device.enrolledAt()))
                        .fact(
                                text("column.expires"),
                                formats.dateTime(device.certificateExpiresAt()));
        if (revokedAt != null) {
            return pane.fact(text("revoked_at"), formats.dateTime(revokedAt))
                    .copyable("id", text("id"), device.id().toString());
        }
        var revoke =
                Buttons.with(
                        Material2AL.BLOCK,
                        Buttons.danger("devices.revoke", text("revoke"), () -> askRevoke(device)));
        return pane.copyable("id", text("id"), device.id().toString())
                .actions(Buttons.allowedWhile(mayManage, context, revoke));
    }

    private void openForm() {
        new InvitationForm(model, context).open(this::reveal);
    }

    private void reveal(CreatedInvitation invitation) {
        RevealOnceDialog.open(
                context,
                "devices.reveal",
                text("reveal.title"),
                text(
                        "reveal.text",
                        invitation.name(),
                        InvitationForm.word(context, invitation.role()),
                        context.formats().dateTime(invitation.expiresAt())),
                invitation.code(),
                () -> context.notices().success("devices.invited", invitation.name()));
    }

    private void askRevoke(Device device) {
        var submission = model.submission();
        boolean own =
                connection
                        .status()
                        .known()
                        .map(status -> status.you().device().equals(device.id()))
                        .orElse(false);
        TypedConfirmDialog.open(
                context,
                "devices.revoke.confirm",
                new TypedConfirmDialog.Question(
                        text("revoke.title", device.name()),
                        text(own ? "revoke.own" : "revoke.consequence"),
                        device.name(),
                        text("revoke")),
                submission,
                close -> model.revoke(submission, device, close));
    }

    private static String shortForm(Device device) {
        var print = device.fingerprint();
        return print.length() <= SHORT ? print : print.substring(0, SHORT) + "…";
    }

    private String word(Standing standing) {
        return text("standing." + standing.name().toLowerCase(Locale.ROOT));
    }

    private static Tone tone(Standing standing) {
        return switch (standing) {
            case ENROLLED -> Tone.SUCCESS;
            case EXPIRES_SOON -> Tone.WARNING;
            case EXPIRED -> Tone.DANGER;
            case REVOKED -> Tone.NEUTRAL;
        };
    }

    private String text(String key, Object... values) {
        return context.text("devices." + key, values);
    }
}
