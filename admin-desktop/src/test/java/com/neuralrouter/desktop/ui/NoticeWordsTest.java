package com.neuralrouter.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.support.PolicySamples;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Studio;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.stage.Stage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.Locale;
import java.util.Map;

/** A notice about a change that waits says in the reader's language what it is about. */
@ExtendWith(ApplicationExtension.class)
class NoticeWordsTest {
    private final Studio studio = new Studio(Map.of());

    @Start
    void start(Stage stage) {
        studio.on(stage);
    }

    @ParameterizedTest
    @CsvSource({"en,Rejected: Policy of the site", "de,Abgelehnt: Richtlinie des Standorts"})
    void saysWhatAChangeIsAbout(String language, String words, FxRobot robot) {
        var window = studio.empty(robot, ThemeChoice.LIGHT, Locale.of(language), Samples.site());
        var view = window.session.view();

        robot.interact(() -> view.notices().success("approvals.rejected", PolicySamples.by("Mei")));

        assertThat(ToastLayer.sentence(view, view.notices().all().getFirst())).isEqualTo(words);
    }
}
