package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.task.Tasks;

/** Tasks that are done when the call returns: for view models without a toolkit. */
public final class Direct {
    private Direct() {}

    public static Tasks tasks() {
        return new Tasks(Runnable::run, Runnable::run);
    }
}
