package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.client.Trouble;

import java.time.Instant;

/** How the line to the appliance is. */
public sealed interface Connection {

    /** Asked for the first time. */
    record Connecting() implements Connection {}

    /** It answers. */
    record Online(Instant since) implements Connection {}

    /** It answered once, and does not at the moment: tried again by itself. */
    record Reconnecting(Trouble trouble) implements Connection {}

    /** It refuses us, or is not who it should be: trying again does not help. */
    record Refused(Trouble trouble) implements Connection {}
}
