package com.neuralrouter.desktop;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.HttpAdminClient;
import com.neuralrouter.desktop.enrol.EnrolView;
import com.neuralrouter.desktop.enrol.EnrolViewModel;
import com.neuralrouter.desktop.enrol.Enroller;
import com.neuralrouter.desktop.enrol.EnrolmentFlow;
import com.neuralrouter.desktop.enrol.KeyStoreFiles;
import com.neuralrouter.desktop.enrol.Profile;
import com.neuralrouter.desktop.enrol.ProfileStore;
import com.neuralrouter.desktop.i18n.Formats;
import com.neuralrouter.desktop.i18n.Messages;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.shell.Preferences;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.shell.ShellView;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.DialogLayer;
import com.neuralrouter.desktop.ui.FileTarget;
import com.neuralrouter.desktop.ui.FxTicker;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.SystemClip;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.ui.WindowRoot;
import com.neuralrouter.desktop.ui.Zoom;
import com.neuralrouter.desktop.ui.theme.Themes;
import com.neuralrouter.desktop.witness.Witness;
import com.neuralrouter.desktop.witness.WitnessModel;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The composition root: makes every part and wires it, top to bottom. JavaFX makes it and calls
 * {@link #start} on the window's thread; fields are that thread's.
 */
public final class Desktop extends Application {
    private final DesktopFolder folder = DesktopFolder.ofUser();
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Tasks tasks = new Tasks(threads, Platform::runLater);
    private final ObjectProperty<Preferences.Language> language = new SimpleObjectProperty<>();
    private Runnable disconnect = () -> {};
    private @Nullable Window window;

    /** What lasts as long as the window. */
    private record Window(WindowRoot root, ViewContext view, Themes themes, Enroller enroller) {}

    /** Shows in another window what this one shows. */
    private Consumer<Window> again = made -> showEnrolment(made, "");

    @Override
    public void start(Stage stage) {
        var settings = folder.settings();
        var themes = new Themes(settings.theme(), settings.textSize());
        language.set(settings.language());
        themes.choice().addListener((_, _, _) -> save(themes));
        themes.textSize().addListener((_, _, _) -> save(themes));
        language.addListener((_, _, _) -> {
            save(themes);
            // The control that was used is part of what is about to go.
            Platform.runLater(() -> speakAnew(stage, themes));
        });
        var scene = new Scene(new StackPane(), 1280, 800);
        themes.dress(scene);
        stage.setScene(scene);
        stage.setMinWidth(1024);
        stage.setMinHeight(640);
        begin(open(stage, themes));
        stage.show();
    }

    /** Puts a new content into the window, in the language that is chosen. */
    private Window open(Stage stage, Themes themes) {
        var settings =
                new DesktopSettings(themes.choice().get(), language.get(), themes.textSize().get());
        var messages = new Messages(settings.locale());
        var view =
                new ViewContext(
                        messages,
                        new Formats(messages, ZoneId.systemDefault()),
                        clock,
                        new FxTicker(),
                        new DialogLayer(),
                        new Notices(clock),
                        new SystemClip(),
                        new FileTarget.Chooser(stage));
        var made =
                new Window(
                        new WindowRoot(view),
                        view,
                        themes,
                        new Enroller.OnThisDevice(
                                new EnrolmentFlow(), new ProfileStore(folder.profiles())));
        window = made;
        stage.getScene().setRoot(new Zoom(made.root().node(), themes.textSize()).node());
        stage.setTitle(messages.text("shell.product"));
        return made;
    }

    private void speakAnew(Stage stage, Themes themes) {
        disconnect.run();
        disconnect = () -> {};
        again.accept(open(stage, themes));
    }

    @Override
    public void stop() {
        disconnect.run();
        threads.shutdownNow();
    }

    private void begin(Window made) {
        switch (DesktopOptions.read(getParameters().getRaw())) {
            case DesktopOptions.None() -> showEnrolment(made, "");
            case DesktopOptions.Wrong(String key, String value) ->
                    showEnrolment(made, wrong(made, made.view().text(key, value)));
            case DesktopOptions.Connect(var address, var files) -> {
                try {
                    // A few small files, read once before there is anything to see.
                    var profile = KeyStoreFiles.profile(address.toString(), address, files);
                    connect(made, profile, "enrol.protection.given", Destination.OVERVIEW);
                } catch (CertificateProblem e) {
                    showEnrolment(made, wrong(made, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private static String wrong(Window made, String what) {
        return made.view().text("enrol.options.wrong", what);
    }

    private void showEnrolment(Window made, String remark) {
        var model =
                new EnrolViewModel(
                        made.enroller(),
                        tasks,
                        clock,
                        profile ->
                                connect(
                                        made,
                                        profile,
                                        "enrol.protection.file",
                                        Destination.OVERVIEW));
        again = next -> showEnrolment(next, "");
        made.root().show(new EnrolView(model, made.view(), remark).node());
        model.refresh();
    }

    private void connect(Window made, Profile profile, String protection, Destination first) {
        again = next -> connect(next, profile, protection, Destination.SETTINGS);
        var gate = new ChangeGate();
        var client = new HttpAdminClient(profile.admin(), profile.identity(), profile.root(), gate);
        var connection = new ConnectionModel(client, tasks, made.view().ticker(), clock);
        var witness =
                new WitnessModel(
                        new Witness(client, gate, folder.witness(profile.admin()), clock),
                        tasks,
                        made.view().ticker(),
                        clock);
        connection.stopChangesWhile(witness.standing());
        var workspaces = new WorkspaceScope(client, tasks, clock);
        var device =
                new Preferences.ThisDevice(
                        profile.admin().toString(),
                        profile.keyStore().toString(),
                        protection,
                        Preferences.Certificate.of(profile.identity().leaf()));
        var session =
                new Session(
                        client,
                        tasks,
                        new Navigator(),
                        connection,
                        workspaces,
                        witness,
                        new Preferences(
                                made.themes(),
                                language,
                                views(profile.admin()),
                                device,
                                this::leave),
                        made.view());
        session.navigator().go(first);
        var shell = new ShellView(session, Screens.all());
        disconnect =
                () -> {
                    shell.stop();
                    witness.stop();
                    connection.stop();
                    client.close();
                };
        made.root().show(shell.node());
        witness.start();
        connection.start();
        workspaces.refresh();
        shell.start();
    }

    /** A small file, read once before there is anything to see; saved at each change. */
    private ObservableList<Preferences.SavedView> views(Address appliance) {
        var views = FXCollections.observableArrayList(folder.auditViews(appliance));
        views.addListener(
                (ListChangeListener<Preferences.SavedView>)
                        _ -> {
                            var kept = List.copyOf(views);
                            threads.execute(() -> folder.saveAuditViews(appliance, kept));
                        });
        return views;
    }

    private void leave() {
        disconnect.run();
        disconnect = () -> {};
        var made = window;
        if (made != null) {
            showEnrolment(made, "");
        }
    }

    private void save(Themes themes) {
        var settings =
                new DesktopSettings(themes.choice().get(), language.get(), themes.textSize().get());
        threads.execute(() -> folder.save(settings));
    }
}
