package com.neuralrouter.desktop;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.enrol.ProfileStore;
import com.neuralrouter.desktop.shell.Preferences.Language;
import com.neuralrouter.desktop.shell.Preferences.SavedView;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;
import com.neuralrouter.desktop.ui.theme.Themes;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The folder in which this program keeps what it needs for one user: {@code profiles}, {@code
 * witness}, {@code logs}, and {@code settings.properties}. Where each system wants it, unless the
 * system property {@value #PROPERTY} says otherwise.
 */
record DesktopFolder(Path path) {
    static final String PROPERTY = "neuralrouter.desktop.folder";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final System.Logger LOG = System.getLogger(DesktopFolder.class.getName());

    /** Where it is for who runs this. */
    static DesktopFolder ofUser() {
        var given = System.getProperty(PROPERTY, "");
        return new DesktopFolder(
                given.isEmpty()
                        ? usual(
                                System.getProperty("os.name", ""),
                                Path.of(System.getProperty("user.home", ".")),
                                System.getenv())
                        : Path.of(given));
    }

    /** Where programs of that system keep such things. */
    static Path usual(String os, Path home, Map<String, String> environment) {
        var system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            var roaming = environment.getOrDefault("APPDATA", "");
            var base = roaming.isEmpty() ? home.resolve("AppData/Roaming") : Path.of(roaming);
            return base.resolve("Neural Router");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library/Application Support/Neural Router");
        }
        var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return (config.isEmpty() ? home.resolve(".config") : Path.of(config))
                .resolve("neural-router");
    }

    Path profiles() {
        return path.resolve("profiles");
    }

    /**
     * What is remembered of an appliance's audit log. Not in the profile: who forgets a profile and
     * enrols again must not forget what the log was.
     */
    Path witness(Address admin) {
        return path.resolve("witness").resolve(ProfileStore.folderName(admin));
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** What the user set, or what holds for who set nothing. */
    DesktopSettings settings() {
        var file = path.resolve("settings.properties");
        var properties = new Properties();
        if (Files.exists(file)) {
            try {
                properties.load(new StringReader(Files.readString(file)));
            } catch (IOException | IllegalArgumentException e) {
                LOG.log(System.Logger.Level.WARNING, "settings unreadable, using defaults", e);
            }
        }
        return new DesktopSettings(
                constant(ThemeChoice.class, properties, "theme", ThemeChoice.FOLLOW_OS),
                constant(Language.class, properties, "language", Language.SYSTEM),
                size(properties));
    }

    /** Keeps what the user set. */
    void save(DesktopSettings settings) {
        var properties = new Properties();
        properties.setProperty("theme", settings.theme().name());
        properties.setProperty("language", settings.language().name());
        properties.setProperty("size", Integer.toString(settings.textSize()));
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrivateFile.folder(path);
        PrivateFile.replace(
                path.resolve("settings.properties"),
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The searches that were kept for that appliance. */
    List<SavedView> auditViews(Address appliance) {
        var file = viewsFile(appliance);
        try {
            return Files.exists(file)
                    ? List.of(JSON.readValue(Files.readAllBytes(file), SavedView[].class))
                    : List.of();
        } catch (IOException | JacksonException | NullPointerException e) {
            LOG.log(System.Logger.Level.WARNING, "saved views unreadable, beginning anew", e);
            return List.of();
        }
    }

    /** Keeps them. */
    synchronized void saveAuditViews(Address appliance, List<SavedView> views) {
        var file = viewsFile(appliance);
        PrivateFile.folder(file.resolveSibling(""));
        PrivateFile.replace(file, JSON.writeValueAsBytes(views));
    }

    private Path viewsFile(Address appliance) {
        return path.resolve("views").resolve(ProfileStore.folderName(appliance) + ".json");
    }

    private static int size(Properties properties) {
        var kept = properties.getProperty("size", "");
        return Themes.SIZES.stream()
                .filter(each -> kept.equals(each.toString()))
                .findFirst()
                .orElse(Themes.USUAL_SIZE);
    }

    private static <E extends Enum<E>> E constant(
            Class<E> type, Properties properties, String name, E otherwise) {
        try {
            return Enum.valueOf(type, properties.getProperty(name, otherwise.name()));
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
