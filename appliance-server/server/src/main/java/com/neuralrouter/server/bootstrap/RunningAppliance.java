package com.neuralrouter.server.bootstrap;

/** An appliance that takes requests, until it is closed. Made by {@code Appliance.start}. */
public interface RunningAppliance extends AutoCloseable {

    /** The port that the inference listener got. */
    int inferencePort();

    /** The port that the admin listener got. */
    int adminPort();

    /** The port that the enrolment listener got. */
    int enrolmentPort();

    /**
     * Says at {@code /healthz} that it is stopping, for as long as the configuration wants before
     * anything else; then takes no more requests, lets those under way end within the grace, and
     * closes the store. Doing it twice is as good as once.
     */
    @Override
    void close();
}
