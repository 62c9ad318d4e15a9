package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Shots;
import com.neuralrouter.desktop.support.TestReceipts;
import com.neuralrouter.desktop.ui.Banner;

import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** What one does on the screens of credentials, requests and the audit trail. */
@ExtendWith(ApplicationExtension.class)
class ListScreensJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void replacesACredentialAndDeletesIt(FxRobot robot) {
        journey.open(robot, Destination.CREDENTIALS);
        var page = new CredentialsPage(robot);

        page.replaceFirst("sk-brand-new-w7x9");
        page.await(() -> lastFour("gpu-hall-a").equals("w7x9"));

        page.deleteSelected("gpu-hall-a");
        page.hasRows("credentials.table", 1);

        assertThat(site.credentials)
                .extracting(Credential::providerName)
                .containsExactly("eu-hosted");
    }

    @Test
    void greysOutCredentialChangesForARoleThatOnlyReads(FxRobot robot) {
        site.as(Role.MEMBER);
        journey.open(robot, Destination.CREDENTIALS);
        var page = new CredentialsPage(robot);

        page.select("credentials.table", 0);

        assertThat(page.find("credentials.put", Button.class).isDisabled()).isTrue();
        assertThat(page.find("credentials.replace", Button.class).isDisabled()).isTrue();
        assertThat(page.find("credentials.delete", Button.class).isDisabled()).isTrue();
    }

    @Test
    void followsRequestsKeepsTheSelectedOneAndCopiesItsId(FxRobot robot) {
        var window = journey.open(robot, Destination.REQUESTS);
        var page = new Page(robot);
        page.hasRows("requests.table", 60);
        page.select("requests.table", 3);
        var chosen = selected(page);

        site.requests.add(Samples.request(60));
        robot.interact(window.ticker::tick);
        page.hasRows("requests.table", 61);
        page.click("requests.detail.id.copy");

        assertThat(selected(page)).isEqualTo(chosen);
        assertThat(window.clip.text()).isEqualTo(Samples.request(56).id().toString());
    }

    @Test
    void standsStillWhilePaused(FxRobot robot) {
        var window = journey.open(robot, Destination.REQUESTS);
        var page = new Page(robot);
        page.hasRows("requests.table", 60);

        page.click("requests.pause");
        site.requests.add(Samples.request(60));
        robot.interact(window.ticker::tick);
        page.hasRows("requests.table", 60);

        page.click("requests.pause");
        page.hasRows("requests.table", 61);
    }

    @Test
    void readsBackInTheAuditTrailAndNarrowsIt(FxRobot robot) {
        for (int i = 1; i <= 120; i++) {
            site.audit.add(older(i));
        }
        journey.open(robot, Destination.AUDIT);
        var page = new Page(robot);
        page.hasRows("audit.table", 100);

        page.click("audit.older");
        page.hasRows("audit.table", 125);
        page.click("audit.more");
        page.type("audit.action", "device.revoked");
        page.click("audit.search");
        page.hasRows("audit.table", 1);
        page.select("audit.table", 0);

        assertThat(page.text("audit.detail.title")).isEqualTo("device.revoked");
    }

    @Test
    void provesAnEntryAndSavesTheProof(FxRobot robot) {
        var window = journey.open(robot, Destination.AUDIT);
        var page = new Page(robot);
        page.hasRows("audit.table", 5);
        page.select("audit.table", 1);
        page.click("audit.prove");

        page.await(() -> !page.find("proof.save", Button.class).isDisabled());
        assertThat(page.find("proof.result", Banner.class).getAccessibleText()).startsWith("Yes.");
        robot.interact(() -> Shots.take(window.scene(), "proof-light"));
        page.click("proof.save");
        page.await(() -> Files.exists(window.folder.resolve("entry-1279.tlog-proof")));
        page.click("proof.close");
    }

    @Test
    void checksTheReceiptOfARequest(FxRobot robot) {
        var window = journey.open(robot, Destination.REQUESTS);
        var page = new Page(robot);
        var request = site.requests.getLast();
        var signer = new TestReceipts("one");
        var receipt = signer.sign(request);
        window.log.receiptKeys.add(signer.key());
        window.log.add(request, TestReceipts.hash(receipt));
        page.select("requests.table", 0);

        page.click("requests.receipt");
        page.type("receipt.pasted", receipt);
        page.click("receipt.check");

        page.await(() -> page.shows("receipt.facts"));
        assertThat(page.find("receipt.verdict", Banner.class).getAccessibleText())
                .startsWith("This is the receipt that the appliance gave");
        robot.interact(() -> Shots.take(window.scene(), "receipt-light"));
    }

    @Test
    void readsKeptContentForAReasonOnly(FxRobot robot) {
        journey.open(robot, Destination.REQUESTS);
        var page = new Page(robot);
        page.select("requests.table", 0);
        page.click("requests.content");
        assertThat(page.find("requests.content.form.submit", Button.class).isDisabled()).isTrue();

        page.type("requests.content.reason", "complaint 2026-114");
        page.click("requests.content.form.submit");

        page.await(() -> page.shows("content.request"));
        assertThat(page.find("content.answer", TextArea.class).getText()).isEqualTo("Paid.");
        assertThat(site.governance.contentRead)
                .isEqualTo(new ReadContent(site.requests.getLast().id(), "complaint 2026-114"));
        page.click("content.close");
        page.await(() -> !page.shows("content"));
    }

    @Test
    void keepsASearchAndFollowsTheTrail(FxRobot robot) {
        var window = journey.open(robot, Destination.AUDIT);
        var page = new Page(robot);
        page.type("audit.text", "keller");
        page.click("audit.views.keep");
        page.type("audit.keep.name", "Jonas");
        page.click("audit.keep.confirm");
        page.click("audit.clear");
        page.hasRows("audit.table", 5);

        robot.interact(
                () -> page.find("audit.views", ComboBox.class).getSelectionModel().select(0));
        page.hasRows("audit.table", 1);
        page.click("audit.clear");
        page.hasRows("audit.table", 5);
        page.click("audit.live");
        page.hasRows("audit.table", 5);
        site.audit.add(newer());
        robot.interact(window.ticker::tick);
        page.hasRows("audit.table", 6);
        assertThat(page.text("audit.news")).isEqualTo("1 new entry");
    }

    private static AuditEntry newer() {
        return older(-5);
    }

    private static AuditEntry older(int number) {
        return new AuditEntry(
                1276L - number,
                Samples.NOW.minus(Duration.ofHours(6L + number)),
                new AuditEntry.Actor("system", "appliance", "appliance", null),
                "appliance.started",
                "appliance",
                null,
                AuditEntry.Outcome.DONE,
                "0199c5a2-7b1e-7000-8000-0000000beef0",
                Map.of());
    }

    private static Object selected(Page page) {
        return page.find("requests.table", TableView.class).getSelectionModel().getSelectedItem();
    }

    private String lastFour(String provider) {
        return site.credentials.stream()
                .filter(each -> each.providerName().equals(provider))
                .map(Credential::lastFour)
                .findFirst()
                .orElse("");
    }

    /** The screen of credentials as a user sees it. */
    private static final class CredentialsPage extends Page {
        CredentialsPage(FxRobot robot) {
            super(robot);
        }

        void replaceFirst(String secret) {
            hasRows("credentials.table", 2);
            select("credentials.table", 0);
            click("credentials.replace");
            type("credentials.put.secret", secret);
            click("credentials.put.form.submit");
            await(() -> !shows("credentials.put.form"));
        }

        void deleteSelected(String name) {
            click("credentials.delete");
            type("credentials.delete.confirm.name", name);
            click("credentials.delete.confirm.confirm");
        }
    }
}
