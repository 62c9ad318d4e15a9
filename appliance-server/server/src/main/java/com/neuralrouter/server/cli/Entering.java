package com.neuralrouter.server.cli;

import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.seal.SealKind;

import java.io.IOException;

/** Asks for what opens a seal and posts it to the server, shares one after another. */
final class Entering {
    private Entering() {}

    /**
     * Returns when the server has had enough; what it refuses is an exception.
     *
     * @param needed how many shares are needed; 0 for every other kind
     */
    static void all(
            String path,
            SealKind kind,
            int needed,
            Control control,
            SecretOptions secrets,
            Terminal terminal)
            throws IOException {
        int left = needed;
        do {
            String question =
                    left > 0
                            ? "Share (%d more needed)".formatted(left)
                            : SecretOptions.question(kind);
            String ifNone =
                    left < needed
                            ? "No further share was entered; %d more needed.".formatted(left)
                            : "Nothing was entered; nothing was done.";
            try (SecretBytes given = secrets.next(question, terminal, ifNone)) {
                left = control.post(path, given).path("sharesNeeded").asInt(0);
            }
        } while (left > 0);
    }
}
