package com.neuralrouter.server.cli;

import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.seal.NewSeal;
import com.neuralrouter.server.secret.seal.SealSpec;

import java.util.Arrays;

/** Prints the shares of a new seal, the one time that they are shown. */
final class NewShares {
    private NewShares() {}

    static void print(NewSeal made, SealSpec spec, Terminal terminal) {
        if (made.shares().isEmpty()) {
            return;
        }
        header(spec, terminal);
        for (SecretBytes share : made.shares()) {
            byte[] line = share.copy();
            try {
                terminal.out().write(line, 0, line.length);
                terminal.print("");
            } finally {
                Arrays.fill(line, (byte) 0);
            }
        }
    }

    /** The same for lines that the server sent, each with its end. */
    static void print(SecretBytes lines, SealSpec spec, Terminal terminal) {
        if (lines.length() == 0) {
            return;
        }
        header(spec, terminal);
        byte[] all = lines.copy();
        try {
            terminal.out().write(all, 0, all.length);
            terminal.out().flush();
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    private static void header(SealSpec spec, Terminal terminal) {
        if (spec instanceof SealSpec.Shares shares) {
            terminal.print(
                    "Give each of these %d shares to another person; any %d of them open the vault. They are shown now and never again:"
                            .formatted(shares.count(), shares.threshold()));
        }
    }
}
