package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.server.audit.timestamp.StampFolder;
import com.neuralrouter.server.audit.timestamp.TimestampTrust;
import com.neuralrouter.server.audit.timestamp.TimestampTrust.Unproven;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.SignedNote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** An export's timestamps: each by the authority, and of this log. */
final class VerifiedStamps {
    private VerifiedStamps() {}

    /**
     * Returns what to say of them. Adds what they cover to the checkpoints that the tree is
     * compared with. Throws {@link CommandFailed} at the first that is wrong.
     */
    static String of(Path folder, Path authorities, Map<Long, Checkpoint> checkpoints)
            throws IOException {
        TimestampTrust trust;
        try {
            trust = new TimestampTrust(Pem.certificates(Files.readString(authorities)));
        } catch (CertificateProblem | IllegalArgumentException problem) {
            throw new CommandFailed(authorities + " has no certificate that can be used.");
        }
        int count = 0;
        Instant last = Instant.EPOCH;
        for (var each : new StampFolder(folder.resolve("timestamps")).above(0, Integer.MAX_VALUE)) {
            Checkpoint stamped = Checkpoint.parse(SignedNote.parse(each.note()).text());
            Checkpoint before = checkpoints.putIfAbsent(stamped.size(), stamped);
            if (stamped.size() != each.size()
                    || before != null && !Arrays.equals(before.root(), stamped.root())) {
                throw bad(each.size(), "It is not of this log.");
            }
            try {
                last = trust.prove(each.token(), each.note());
            } catch (Unproven unproven) {
                throw bad(each.size(), String.valueOf(unproven.getMessage()));
            }
            count++;
        }
        return ", %d timestamps%s".formatted(count, count == 0 ? "" : ", the last of " + last);
    }

    private static CommandFailed bad(long size, String why) {
        return new CommandFailed("The export is not good: the timestamp at " + size + ": " + why);
    }
}
