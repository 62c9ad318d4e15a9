package com.neuralrouter.desktop.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.support.TlsSite;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A new administrator's first minute: address and code in a real window, over real TLS. */
@ExtendWith(ApplicationExtension.class)
class EnrolJourneyTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir static Path folder;

    private final TlsSite site = new TlsSite();
    private final List<Profile> connected = new CopyOnWriteArrayList<>();

    @Start
    void start(Stage stage) {
        var tasks = new Tasks(Executors.newVirtualThreadPerTaskExecutor(), Platform::runLater);
        var window =
                TestWindow.of(
                        stage, new FakeAdminClient(), tasks, Locale.ENGLISH, ThemeChoice.LIGHT);
        var model =
                new EnrolViewModel(
                        new Enroller.OnThisDevice(new EnrolmentFlow(), new ProfileStore(folder)),
                        tasks,
                        Samples.CLOCK,
                        connected::add);
        window.show(new EnrolView(model, window.session.view(), "").node());
        model.refresh();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void enrolsAndConnects(FxRobot robot) {
        var page = new Page(robot);
        var address = site.enrolmentServer(this::issue);

        fill(page, address.port(), site.pin());
        page.click("enrol.submit");

        page.await(() -> connected.size() == 1);
        assertThat(connected.getFirst().keyStore()).exists();
        assertThat(connected.getFirst().admin()).hasToString("localhost:9443");
    }

    @Test
    void enrolsByKeyboardAlone(FxRobot robot) {
        var page = new Page(robot);
        var address = site.enrolmentServer(this::issue);
        fill(page, address.port(), site.pin());

        robot.push(KeyCode.TAB);
        assertThat(page.find("enrol.submit", Button.class).isFocused()).isTrue();
        robot.push(KeyCode.SHIFT, KeyCode.TAB).push(KeyCode.ENTER);

        page.await(() -> connected.size() == 1);
    }

    @Test
    void stopsHardAtAnApplianceThatIsNotThePinnedOne(FxRobot robot) {
        try (var stranger = new TlsSite()) {
            var page = new Page(robot);
            var address = stranger.enrolmentServer(TlsSite.answering(201, "{}"));

            fill(page, address.port(), site.pin());
            page.click("enrol.submit");

            assertThat(page.text("enrol.problem.sentence"))
                    .contains("has no certificate from your site");
            assertThat(page.shows("enrol.problem.retry")).isFalse();
            assertThat(stranger.requests).isEmpty();
            assertThat(connected).isEmpty();
        }
    }

    @Test
    void letsNobodySendAMistypedCode(FxRobot robot) {
        var page = new Page(robot);

        page.type("enrol.host", "localhost");
        page.type("enrol.code", "NR1-AAAAA");

        assertThat(page.find("enrol.submit", Button.class).isDisabled()).isTrue();
        assertThat(page.text("enrol.code.error")).isNotBlank();
    }

    private static void fill(Page page, int port, byte[] pin) {
        var code = new EnrolmentCode(port, new byte[EnrolmentCode.TOKEN_BYTES], pin);
        page.type("enrol.host", "localhost");
        page.type("enrol.code", code.text());
    }

    private void issue(com.sun.net.httpserver.HttpExchange exchange) throws java.io.IOException {
        var asked = JSON.readValue(exchange.getRequestBody().readAllBytes(), EnrolDevice.class);
        var chain =
                site.sign(CertificateRequest.read(asked.certificateRequest()), Duration.ofDays(90));
        var answer =
                new EnrolledDevice(
                        Samples.id(DeviceId::of, 1),
                        "Ana Ruiz",
                        Role.OWNER,
                        "hq-appliance",
                        Pem.write(chain),
                        Pem.write(site.root()),
                        9443);
        TlsSite.answer(exchange, 201, JSON.writeValueAsString(answer));
    }
}
