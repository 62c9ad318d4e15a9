package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.desktop.shell.Preferences.Language;
import com.neuralrouter.desktop.support.Golden;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.TlsSite;

import javafx.scene.Node;
import javafx.scene.control.ComboBox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The whole program, connected over TLS: a language that is chosen holds at once and is kept. */
class LanguageJourneyTest {
    private final TlsSite site = new TlsSite();
    @TempDir private Path folder;

    @BeforeEach
    void settle() throws IOException {
        System.setProperty(DesktopFolder.PROPERTY, folder.toString());
        Files.writeString(folder.resolve("settings.properties"), "language=ENGLISH\ntheme=LIGHT\n");
        var password = "a password".toCharArray();
        Files.write(
                folder.resolve("device.p12"), site.device(Duration.ofDays(30)).toPkcs12(password));
        Files.writeString(folder.resolve("password"), "a password\n");
        Files.writeString(folder.resolve("root.pem"), Pem.write(site.root()));
    }

    @AfterEach
    void clear() {
        System.clearProperty(DesktopFolder.PROPERTY);
        site.close();
    }

    @Test
    void speaksAnotherLanguageAtOnceWhereItWas() throws Exception {
        var address =
                site.adminServer(
                        exchange -> {
                            boolean status = exchange.getRequestURI().getPath().endsWith("/status");
                            TlsSite.answer(
                                    exchange,
                                    status ? 200 : 500,
                                    status ? Golden.text("ApplianceStatus") : "");
                        },
                        "localhost");
        FxToolkit.registerPrimaryStage();
        var desktop =
                FxToolkit.setupApplication(
                        Desktop.class,
                        "--address",
                        address.toString(),
                        "--keystore",
                        folder.resolve("device.p12").toString(),
                        "--password-file",
                        folder.resolve("password").toString(),
                        "--ca",
                        folder.resolve("root.pem").toString());
        try {
            var robot = new FxRobot();
            var page = new Page(robot);
            page.await(() -> !page.find("go.settings", Node.class).isDisabled());
            page.click("go.settings");
            page.await(() -> page.text("settings.title").equals("Settings"));
            assertThat(page.text("settings.subject")).contains("CN=Ana Ruiz");

            var language = language(page);
            robot.interact(() -> language.setValue(Language.GERMAN));

            page.await(() -> page.text("settings.title").equals("Einstellungen"));
            assertThat(language(page).getValue()).isEqualTo(Language.GERMAN);
            page.await(() -> kept().contains("language=GERMAN"));
            page.await(() -> !page.find("go.settings", Node.class).isDisabled());
        } finally {
            FxToolkit.cleanupApplication(desktop);
            FxToolkit.cleanupStages();
        }
    }

    @SuppressWarnings("unchecked")
    private static ComboBox<Language> language(Page page) {
        return page.find("settings.language", ComboBox.class);
    }

    private String kept() {
        try {
            return Files.readString(folder.resolve("settings.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
