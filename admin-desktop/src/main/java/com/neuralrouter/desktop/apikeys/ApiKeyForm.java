package com.neuralrouter.desktop.apikeys;

import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Asks for the name and the lifetime of a new API key. */
final class ApiKeyForm {
    private final ApiKeysViewModel model;
    private final ViewContext context;
    private final TextField name = new TextField();
    private final Choice<Lifetime> lifetime;
    private final Label end = Texts.muted("");

    ApiKeyForm(ApiKeysViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        name.setId("apikeys.create.name");
        lifetime = new Choice<>("apikeys.create.lifetime", value -> context.text(value.textKey()));
        lifetime.setMaxWidth(Double.MAX_VALUE);
        lifetime.getItems().setAll(Lifetime.values());
        lifetime.valueProperty().addListener((_, _, chosen) -> tellEnd(chosen));
        lifetime.setValue(Lifetime.DAYS_90);
    }

    /** Opens it; the receiver gets the new key once the dialog is closed. */
    void open(Workspace workspace, Consumer<CreatedApiKey> receiver) {
        var submission = model.submission();
        new FormDialog(context, "apikeys.create.form", text("create.title"), submission)
                .say(text("create.text", workspace.name()))
                .checked("name", "apikeys.create.name", name, model::nameProblem)
                .field("expiresAt", new FormField(text("create.lifetime"), "", lifetime))
                .note(end)
                .open(
                        text("create"),
                        name,
                        close ->
                                model.create(
                                        submission,
                                        name.getText(),
                                        lifetime.getValue(),
                                        created -> {
                                            close.run();
                                            receiver.accept(created);
                                        }));
    }

    private void tellEnd(@Nullable Lifetime chosen) {
        if (chosen != null) {
            end.setText(
                    model.end(chosen)
                            .map(at -> text("create.ends", context.formats().date(at)))
                            .orElseGet(() -> text("create.endless")));
        }
    }

    private String text(String key, Object... values) {
        return context.text("apikeys." + key, values);
    }
}
