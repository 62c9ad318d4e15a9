package com.neuralrouter.server.audit;

import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TlogProof;
import com.neuralrouter.tlog.TreeProofs;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/** Proves of entries that they are in the log. Safe for all threads. */
public final class EntryProofs {
    private static final long NOT_FOUND = -1;

    private final EntryLog log;

    public EntryProofs(EntryLog log) {
        this.log = log;
    }

    /** Of the entry with this number; empty if there is none in the log. */
    public Optional<LogProof> ofEntry(long number) {
        return found(
                number,
                log.outboxMark(),
                log::outboxMarkAt,
                leaf -> leaf.path("entry").asLong() == number);
    }

    /**
     * Of the request that was recorded at this position; empty if it is not in the log.
     *
     * @param id demanded too: positions are the store's, and a store can be put back
     */
    public Optional<LogProof> ofRequest(long position, RequestId id) {
        return found(
                position,
                log.requestMark(),
                log::requestMarkAt,
                leaf ->
                        leaf.path("kind").asString().equals("inference")
                                && leaf.path("request").asString().equals(id.toString()));
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
    private Optional<LogProof> found(
            long number, long mark, LongUnaryOperator markAt, Predicate<JsonNode> isIt) {
        if (number < 1 || number > mark) {
            return Optional.empty();
        }
        long low = 0;
        long high = log.size() - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (markAt.applyAsLong(middle) >= number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return within(low, markAt, isIt);
    }

    /** From the batch's first leaf on, as far as the batch goes. */
    private Optional<LogProof> within(
            long first, LongUnaryOperator markAt, Predicate<JsonNode> isIt) {
        var found = new long[] {NOT_FOUND};
        long mark = markAt.applyAsLong(first);
        for (long from = first;
                found[0] == NOT_FOUND && from < log.size() && markAt.applyAsLong(from) == mark;
                from += 64) {
            log.read(
                    from,
                    Math.min(from + 64, log.size()),
                    (sequence, leaf, _) -> {
                        if (isIt.test(JsonMapper.shared().readTree(leaf))) {
                            found[0] = sequence;
                        }
                    });
        }
        // What was read at last may go beyond the batch.
        boolean within = found[0] != NOT_FOUND && markAt.applyAsLong(found[0]) == mark;
        return within ? ofLeaf(found[0]) : Optional.empty();
    }
}
