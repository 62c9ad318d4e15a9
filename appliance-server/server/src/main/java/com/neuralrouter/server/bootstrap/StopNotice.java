package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.inference.Readiness;
import com.neuralrouter.server.route.Pause;

import java.time.Duration;

/**
 * Tells load balancers that the appliance is about to stop, and leaves them the time to notice:
 * requests that they still send meanwhile are served.
 */
record StopNotice(Readiness readiness, Duration time) {

    /** Returns when the time is over, earlier only if the thread is interrupted. */
    void give() {
        readiness.stopping();
        if (!time.isZero()) {
            Pause.real(time.toMillis());
        }
    }
}
