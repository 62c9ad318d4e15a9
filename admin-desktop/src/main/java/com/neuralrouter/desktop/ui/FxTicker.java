package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Ticker;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;

import java.time.Duration;

/** Ticks by JavaFX's own timer, and so on the window's thread. */
public final class FxTicker implements Ticker {
    @Override
    public Cancellable every(Duration period, Runnable action) {
        var timeline =
                new Timeline(
                        new KeyFrame(
                                javafx.util.Duration.millis(period.toMillis()), _ -> action.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
        return timeline::stop;
    }
}
