package com.neuralrouter.desktop.devices;

import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.devices.DevicesViewModel.Standing;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DataTable;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.EmptyState;
import com.neuralrouter.desktop.ui.ListPane;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.Parent;
import javafx.scene.control.Button;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;
import java.util.Locale;

/** Shows the devices that may administer the site, invites another and revokes one. */
public final class DevicesView implements Screen {
    private static final int SHORT = 12;

    private final DevicesViewModel model;
    private final ConnectionModel connection;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final ScreenFrame node;

    public DevicesView(DevicesViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.connection = connection;
        this.context = context;
        mayManage = connection.may(Permission.DEVICES_MANAGE);
        var table =
                new DataTable<>("devices.table", context, text("title"), columns())
                        .identifiedBy(Device::id)
                        .spare("fingerprint", "enrolled");
        node =
                new ScreenFrame("devices", text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        "devices.refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        model::refresh),
                                inviteButton("devices.invite"))
                        .body(
                                new StateView<>(
                                                "devices.state",
                                                context,
                                                model.devices(),
                                                model::refresh)
                                        .content(new ListPane<>(table, this::detail), table::show)
                                        .whenEmpty(List::isEmpty, this::empty));
    }

    @Override
    public Parent node() {
        return node;
    }

    @Override
    public void shown() {
        model.refresh();
    }

    @Override
    public void hidden() {
        model.stop();
    }

    @Override
    public List<UiCommand> commands() {
        return List.of(
                new UiCommand(
                        "devices.invite",
                        "devices.invite",
                        Shortcut.of("Shortcut+N"),
                        mayManage,
                        this::openForm));
    }

    private List<Column<Device>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 180, Look.STRONG, Device::name),
                Column.of(
                        "role",
                        text("column.role"),
                        130,
                        Look.TEXT,
                        device -> InvitationForm.word(context, device.role())),
                Column.pills(
                        "standing",
                        text("column.standing"),
                        140,
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

    private EmptyState empty() {
        return new EmptyState(Material2AL.DEVICES, text("empty.title"), text("empty.text"))
                .action(inviteButton("devices.empty.invite"));
    }

    private Button inviteButton(String id) {
        var button =
                Buttons.with(
                        Material2MZ.PERSON_ADD,
                        Buttons.primary(id, text("invite"), this::openForm));
        return Buttons.allowedWhile(mayManage, context, button);
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
