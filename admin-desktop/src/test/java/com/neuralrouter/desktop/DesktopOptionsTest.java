package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.shell.Preferences.Language;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class DesktopOptionsTest {
    @TempDir Path folder;

    @Test
    void connectsWithAnOperatorsKeyStore() {
        assertThat(
                        DesktopOptions.read(
                                List.of(
                                        "--keystore", "op.p12",
                                        "--password-file", "op.password",
                                        "--address", "localhost:9443",
                                        "--ca", "root.pem")))
                .isInstanceOfSatisfying(
                        DesktopOptions.Connect.class,
                        connect -> {
                            assertThat(connect.address()).hasToString("localhost:9443");
                            assertThat(connect.files().root()).isEqualTo(Path.of("root.pem"));
                        });
    }

    @Test
    void saysWhichOptionIsWrong() {
        assertThat(DesktopOptions.read(List.of("--help")))
                .isEqualTo(new DesktopOptions.Wrong("enrol.options.unknown", "--help"));
        assertThat(DesktopOptions.read(List.of("--keystore", "op.p12")))
                .isEqualTo(new DesktopOptions.Wrong("enrol.options.incomplete", ""));
        assertThat(
                        DesktopOptions.read(
                                List.of(
                                        "--keystore",
                                        "a",
                                        "--password-file",
                                        "b",
                                        "--ca",
                                        "c",
                                        "--address",
                                        "local host")))
                .isEqualTo(new DesktopOptions.Wrong("enrol.options.address", "local host"));
    }

    @Test
    void keepsWhatWasSet() {
        var desktop = new DesktopFolder(folder.resolve("made"));
        assertThat(desktop.settings())
                .isEqualTo(new DesktopSettings(ThemeChoice.FOLLOW_OS, Language.SYSTEM, 100));

        desktop.save(new DesktopSettings(ThemeChoice.DARK, Language.GERMAN, 125));

        assertThat(desktop.settings())
                .isEqualTo(new DesktopSettings(ThemeChoice.DARK, Language.GERMAN, 125));
    }

    @Test
    void startsWithDefaultsWhenItsSettingsAreDamaged() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "theme=PURPLE\nlanguage=\\uZZZZ");

        assertThat(new DesktopFolder(folder).settings().theme()).isEqualTo(ThemeChoice.FOLLOW_OS);
    }

    @Test
    void keepsItsFilesWhereEachSystemWantsThem() {
        var home = Path.of("home", "ana");
        assertThat(DesktopFolder.usual("Linux", home, Map.of()))
                .isEqualTo(home.resolve(".config/neural-router"));
        assertThat(DesktopFolder.usual("Linux", home, Map.of("XDG_CONFIG_HOME", "x")))
                .isEqualTo(Path.of("x", "neural-router"));
        assertThat(DesktopFolder.usual("Mac OS X", home, Map.of()))
                .isEqualTo(home.resolve("Library/Application Support/Neural Router"));
        assertThat(DesktopFolder.usual("Windows 11", home, Map.of("APPDATA", "roaming")))
                .isEqualTo(Path.of("roaming", "Neural Router"));
    }
}
