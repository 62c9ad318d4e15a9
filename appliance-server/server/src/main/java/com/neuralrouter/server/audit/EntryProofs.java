package com.neuralrouter.server.audit;

import com.neuralrouter.contract.LogProof;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TlogProof;
import com.neuralrouter.tlog.TreeProofs;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Proves of entries that they are in the log. Safe for all threads. */
public final class EntryProofs {
    private static final long NOT_FOUND = -1;

    private final EntryLog log;

    public EntryProofs(EntryLog log) {
        this.log = log;
    }

    /** Of the entry with this number; empty if there is none in the log. */
    public Optional<LogProof> ofEntry(long number) {
        OptionalLong index = indexOf(number);
        return index.isPresent() ? ofLeaf(index.getAsLong()) : Optional.empty();
    }

    /** Of the leaf at this place; empty if the log is not as long. */
    public Optional<LogProof> ofLeaf(long index) {
        if (index < 0 || index >= log.size()) {
            return Optional.empty();
        }
        SignedNote note = log.checkpoint();
        if (Checkpoint.parse(note.text()).size() <= index) {
            note = log.checkpointNow();
        }
        long size = Checkpoint.parse(note.text()).size();
        var leaf = new byte[1][];
        log.read(index, index + 1, (_, bytes, _) -> leaf[0] = bytes);
        return Optional.of(
                new LogProof(
                        index,
                        new String(leaf[0], StandardCharsets.UTF_8),
                        new TlogProof(index, TreeProofs.inclusion(log.hashes(), index, size), note)
                                .toString()));
    }

    /** Numbers only grow along the log, so the batch that holds one is found by halving. */
    private OptionalLong indexOf(long number) {
        if (number < 1 || number > log.outboxMark()) {
            return OptionalLong.empty();
        }
        long low = 0;
        long high = log.size() - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (log.outboxMarkAt(middle) >= number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return within(low, number);
    }

    /** From the batch's first leaf on, as far as the batch goes. */
    private OptionalLong within(long first, long number) {
        var found = new long[] {NOT_FOUND};
        long mark = log.outboxMarkAt(first);
        for (long from = first;
                found[0] == NOT_FOUND && from < log.size() && log.outboxMarkAt(from) == mark;
                from += 64) {
            log.read(
                    from,
                    Math.min(from + 64, log.size()),
                    (sequence, leaf, _) -> {
                        if (JsonMapper.shared().readTree(leaf).path("entry").asLong() == number) {
                            found[0] = sequence;
                        }
                    });
        }
        return found[0] == NOT_FOUND ? OptionalLong.empty() : OptionalLong.of(found[0]);
    }
}
