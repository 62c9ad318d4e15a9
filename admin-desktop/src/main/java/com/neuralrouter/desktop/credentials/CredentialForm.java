package com.neuralrouter.desktop.credentials;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.SecretField;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Asks for a provider, a label and the secret itself, which goes in and never comes out. */
final class CredentialForm {
    private final CredentialsViewModel model;
    private final ViewContext context;
    private final Choice<Provider> provider =
            new Choice<>("credentials.put.provider", Provider::name);
    private final TextField label = new TextField();
    private final SecretField secret;
    private final Label replaces = Texts.muted("");

    CredentialForm(CredentialsViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        provider.setMaxWidth(Double.MAX_VALUE);
        provider.getItems().setAll(model.providers().known().orElse(List.of()));
        provider.valueProperty().addListener((_, _, chosen) -> tellWhatIsReplaced(chosen));
        if (provider.getItems().isEmpty()) {
            replaces.setText(text("put.no_provider"));
        }
        label.setId("credentials.put.label");
        secret = new SecretField("credentials.put.secret", context);
    }

    /** Opens it with nothing chosen, or with the only provider there is. */
    void openNew(Workspace workspace) {
        if (provider.getItems().size() == 1) {
            provider.getSelectionModel().selectFirst();
        }
        open(workspace, provider);
    }

    /** Opens it to replace that one. */
    void openFor(Workspace workspace, Credential credential) {
        provider.getItems().stream()
                .filter(each -> each.id().equals(credential.providerId()))
                .findFirst()
                .ifPresent(provider::setValue);
        provider.setDisable(true);
        label.setText(credential.label());
        open(workspace, secret.input());
    }

    private void open(Workspace workspace, Node first) {
        var submission = model.submission();
        new FormDialog(context, "credentials.put.form", text("put.title"), submission)
                .say(text("put.text", workspace.name()))
                .field("providerId", new FormField(text("put.provider"), "", provider))
                .note(replaces)
                .field(
                        "label",
                        new FormField(text("put.label"), text("put.label.hint"), label)
                                .optional(context))
                .field("secret", new FormField(text("put.secret"), text("put.secret.hint"), secret))
                .incompleteWhile(secret.empty().or(provider.valueProperty().isNull()))
                .open(
                        text("put.submit"),
                        first,
                        close -> {
                            var typed = secret.take();
                            model.put(
                                    submission, provider.getValue(), label.getText(), typed, close);
                            SecretField.wipe(typed);
                        });
    }

    private void tellWhatIsReplaced(@Nullable Provider chosen) {
        if (chosen != null) {
            replaces.setText(
                    model.heldFor(chosen)
                            .map(held -> text("put.replaces", held.lastFour()))
                            .orElseGet(() -> text("put.first")));
        }
    }

    private String text(String key, Object... values) {
        return context.text("credentials." + key, values);
    }
}
