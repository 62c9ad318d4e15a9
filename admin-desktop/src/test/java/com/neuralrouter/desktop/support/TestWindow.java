package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.client.ChangeGate;
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
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.ui.WindowRoot;
import com.neuralrouter.desktop.ui.Zoom;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;
import com.neuralrouter.desktop.ui.theme.Themes;
import com.neuralrouter.desktop.witness.Witness;
import com.neuralrouter.desktop.witness.WitnessModel;

import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A window on a {@link FakeAdminClient}, with a fixed clock and its own clipboard. Made on the
 * window's thread; the tasks are given, so that a journey runs them as the program does and a
 * picture at once.
 */
public final class TestWindow {
    public final FakeAdminClient site;
    public final ManualTicker ticker = new ManualTicker();
    public final RecordingClip clip = new RecordingClip();
    public final TestLog log = TestLog.named("log.bank.example").grow(1275);

    /** What the window keeps and what its user saves. */
    public final Path folder = newFolder();

    public final Session session;
    private final WindowRoot root;
    private final Stage stage;

    private TestWindow(
            Stage stage, FakeAdminClient site, Tasks tasks, Locale locale, ThemeChoice look) {
        this.stage = stage;
        this.site = site;
        site.audit.forEach(log::add);
        var messages = new Messages(locale);
        var view =
                new ViewContext(
                        messages,
                        new Formats(messages, ZoneOffset.UTC),
                        Samples.CLOCK,
                        ticker,
                        new DialogLayer(),
                        new Notices(Samples.CLOCK),
                        clip,
                        (_, name) -> Optional.of(folder.resolve(name)));
        var themes = new Themes(look, Themes.USUAL_SIZE);
        var connection = new ConnectionModel(site, tasks, ticker, Samples.CLOCK);
        var witness = witness(tasks);
        connection.stopChangesWhile(witness.standing());
        session =
                new Session(
                        site,
                        tasks,
                        new Navigator(),
                        connection,
                        new WorkspaceScope(site, tasks, Samples.CLOCK),
                        witness,
                        new Preferences(
                                themes,
                                new SimpleObjectProperty<>(Preferences.Language.ENGLISH),
                                FXCollections.observableArrayList(),
                                new Preferences.ThisDevice(
                                        "hq.bank.example:9443",
                                        "device.p12",
                                        "enrol.protection.file",
                                        new Preferences.Certificate(
                                                "CN=Ana Ruiz,O=hq-appliance",
                                                Samples.NOW.minus(Duration.ofDays(40)),
                                                Samples.NOW.plus(Duration.ofDays(325)),
                                                "5ca1ab1e".repeat(8))),
                                () -> {}),
                        view);
        root = new WindowRoot(view);
        var scene = new Scene(new Zoom(root.node(), themes.textSize()).node(), 1280, 800);
        themes.dress(scene);
        stage.setScene(scene);
    }

    /** One that knows the log already, so that no window begins with its first look. */
    private WitnessModel witness(Tasks tasks) {
        var witness = new Witness(log, new ChangeGate(), folder, Samples.CLOCK);
        witness.check();
        return new WitnessModel(witness, tasks, ticker, Samples.CLOCK);
    }

    /** One below {@code target}. */
    public static Path newFolder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "windows")), "window");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty window. */
    public static TestWindow of(
            Stage stage, FakeAdminClient site, Tasks tasks, Locale locale, ThemeChoice look) {
        return new TestWindow(stage, site, tasks, locale, look);
    }

    /** Shows the shell with these screens at that destination. */
    public ShellView showShell(
            Map<Destination, Function<Session, Screen>> screens, Destination destination) {
        var shell = new ShellView(session, screens);
        root.show(shell.node());
        session.connection().start();
        session.workspaces().refresh();
        session.navigator().go(destination);
        shell.start();
        stage.show();
        return shell;
    }

    /** Shows anything else. */
    public void show(Parent node) {
        root.show(node);
        stage.show();
    }

    public Scene scene() {
        return stage.getScene();
    }
}
