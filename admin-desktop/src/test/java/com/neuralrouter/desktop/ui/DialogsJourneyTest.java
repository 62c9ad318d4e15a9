package com.neuralrouter.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The dialogs that guard secrets and what can't be undone. */
@ExtendWith(ApplicationExtension.class)
class DialogsJourneyTest {
    private static final String SECRET = "nr_4xQ7pLm2Ka_secret_0aB3xY";

    private final AtomicInteger done = new AtomicInteger();
    private @Nullable TestWindow window;

    @Start
    void start(Stage stage) {
        var made =
                TestWindow.of(
                        stage,
                        new FakeAdminClient(),
                        Direct.tasks(),
                        Locale.ENGLISH,
                        ThemeChoice.DARK);
        made.show(new StackPane());
        window = made;
    }

    @Test
    void aSecretIsShownOnceAndOnlyLeftOnPurpose(FxRobot robot) {
        var page = new Page(robot);
        robot.interact(this::reveal);
        var close = page.find("key.close", Button.class);
        var secret = page.find("key.secret", TextArea.class);
        assertThat(secret.getText()).isEqualTo(SECRET);

        robot.push(KeyCode.ESCAPE);
        assertThat(page.shows("key")).isTrue();
        assertThat(close.isDisabled()).isTrue();

        page.find("key.stored", CheckBox.class);
        page.click("key.stored");
        page.click("key.close");

        page.await(() -> !page.shows("key"));
        assertThat(done).hasValue(1);
        assertThat(secret.getText()).isEmpty();
    }

    @Test
    void aCopiedSecretLeavesTheClipboardAfterAMinute(FxRobot robot) {
        var page = new Page(robot);
        robot.interact(this::reveal);

        page.click("key.copy");
        assertThat(window().clip.text()).isEqualTo(SECRET);
        assertThat(page.text("key.told")).isNotBlank();

        robot.interact(window().ticker::tick);
        assertThat(window().clip.text()).isEmpty();
    }

    @Test
    void whatSomebodyElseCopiedStaysInTheClipboard(FxRobot robot) {
        var page = new Page(robot);
        robot.interact(this::reveal);
        page.click("key.copy");

        robot.interact(() -> {
            window().clip.put("something else");
            window().ticker.tick();
        });

        assertThat(window().clip.text()).isEqualTo("something else");
    }

    @Test
    void whatCannotBeUndoneWantsTheNameTyped(FxRobot robot) {
        var page = new Page(robot);
        robot.interact(() -> confirm(new Answer.Ok<>("gone")));
        var confirm = page.find("revoke.confirm", Button.class);

        page.type("revoke.name", "claims");
        assertThat(confirm.isDisabled()).isTrue();
        page.type("revoke.name", "claims-backend");
        page.click("revoke.confirm");

        page.await(() -> !page.shows("revoke"));
        assertThat(done).hasValue(1);
    }

    @Test
    void aRefusedConfirmationStaysOpenAndSaysWhy(FxRobot robot) {
        var page = new Page(robot);
        var refusal = FakeAdminClient.problem(ProblemCode.PERMISSION_MISSING, "needs owner");
        robot.interact(() -> confirm(new Answer.Refused<>(refusal)));

        page.type("revoke.name", "claims-backend");
        page.click("revoke.confirm");

        assertThat(page.text("revoke.problem.sentence"))
                .isEqualTo("Your role does not allow this.");
        page.click("revoke.problem.copy");
        assertThat(window().clip.text()).contains("permission_missing").contains("beef");
        assertThat(done).hasValue(0);
    }

    @Test
    void aSecretThatIsTypedIsNotLeftInTheField(FxRobot robot) {
        var page = new Page(robot);
        var fields = new SecretField[1];
        robot.interact(() -> {
            fields[0] = new SecretField("credential.secret", window().session.view());
            window().show(fields[0]);
        });

        page.type("credential.secret", "sk-upstream");

        robot.interact(() -> {
            assertThat(fields[0].take()).isEqualTo("sk-upstream".toCharArray());
            assertThat(fields[0].empty().get()).isTrue();
        });
    }

    private void reveal() {
        RevealOnceDialog.open(
                window().session.view(),
                "key",
                "Store this key",
                "For one app.",
                SECRET,
                done::incrementAndGet);
    }

    private void confirm(Answer<String> answer) {
        var submission = new Submission(Direct.tasks(), "revoke");
        TypedConfirmDialog.open(
                window().session.view(),
                "revoke",
                new TypedConfirmDialog.Question(
                        "Revoke claims-backend?", "One app stops.", "claims-backend", "Revoke"),
                submission,
                close ->
                        submission.send(
                                () -> answer,
                                _ -> {
                                    done.incrementAndGet();
                                    close.run();
                                }));
    }

    private TestWindow window() {
        return Objects.requireNonNull(window);
    }
}
