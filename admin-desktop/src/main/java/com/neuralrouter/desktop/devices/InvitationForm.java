package com.neuralrouter.desktop.devices;

import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import java.util.Locale;
import java.util.function.Consumer;

/** Asks whose device is invited, and in which role. */
final class InvitationForm {
    private final DevicesViewModel model;
    private final ViewContext context;
    private final TextField name = new TextField();
    private final TextField person = new TextField();
    private final Choice<Role> role;
    private final Label meaning = Texts.muted("");

    InvitationForm(DevicesViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        name.setId("devices.invite.name");
        person.setId("devices.invite.person");
        role = new Choice<>("devices.invite.role", value -> word(context, value));
        role.setMaxWidth(Double.MAX_VALUE);
        role.getItems().setAll(Role.values());
        role.valueProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null) {
                        meaning.setText(text("role." + chosen.name().toLowerCase(Locale.ROOT)));
                    }
                });
        role.setValue(Role.MEMBER);
    }

    /** A role's name. */
    static String word(ViewContext context, Role role) {
        return context.text("shell.role." + role.name().toLowerCase(Locale.ROOT));
    }

    /** Opens it; the receiver gets the invitation once the dialog is closed. */
    void open(Consumer<CreatedInvitation> receiver) {
        var submission = model.submission();
        new FormDialog(context, "devices.invite.form", text("invite.title"), submission)
                .say(text("invite.text"))
                .checked("name", "devices.invite.name", name, model::nameProblem)
                .checked("person", "devices.invite.person", person, model::personProblem)
                .field("role", new FormField(text("invite.role"), "", role))
                .note(meaning)
                .open(
                        text("invite.submit"),
                        name,
                        close ->
                                model.invite(
                                        submission,
                                        draft(),
                                        close,
                                        invitation -> {
                                            close.run();
                                            receiver.accept(invitation);
                                        }));
    }

    private CreateInvitation draft() {
        var holder = person.getText().strip();
        return new CreateInvitation(
                name.getText().strip(), role.getValue(), holder.isEmpty() ? null : holder);
    }

    private String text(String key) {
        return context.text("devices." + key);
    }
}
