package com.neuralrouter.server.cli;

import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.TreeHash;
import com.neuralrouter.tlog.TreeProofs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** An export of some entries only: whether each is proven to be in the log of the checkpoint. */
final class VerifiedPart {
    private VerifiedPart() {}

    /**
     * Returns how many entries there are. Throws {@link CommandFailed} at the first that is not.
     */
    static long of(Path folder, Checkpoint tree) throws IOException {
        long line = 0;
        long before = -1;
        try (BufferedReader entries = Files.newBufferedReader(folder.resolve("entries.jsonl"));
                BufferedReader proofs = Files.newBufferedReader(folder.resolve("proofs"))) {
            String proof = proofs.readLine();
            String entry = entries.readLine();
            while (proof != null && entry != null) {
                line++;
                before = proven(tree, entry, proof.split(" ", -1), before, line);
                proof = proofs.readLine();
                entry = entries.readLine();
            }
            if (proof != null || entry != null) {
                throw new CommandFailed(
                        "The export is not good: 'proofs' has not one line for each entry.");
            }
        }
        return line;
    }

    private static long proven(
            Checkpoint tree, String entry, String[] proof, long before, long line) {
        try {
            long index = Long.parseLong(proof[0]);
            List<byte[]> hashes =
                    Stream.of(proof).skip(1).map(Base64.getDecoder()::decode).toList();
            byte[] leaf = TreeHash.leaf(entry.getBytes(StandardCharsets.UTF_8));
            if (index > before
                    && TreeProofs.includes(leaf, index, tree.size(), tree.root(), hashes)) {
                return index;
            }
        } catch (IllegalArgumentException unreadable) {
            // Told below, like a proof that is wrong.
        }
        throw new CommandFailed(
                "The export is not good: line " + line + " is not in the log of the checkpoint.");
    }
}
