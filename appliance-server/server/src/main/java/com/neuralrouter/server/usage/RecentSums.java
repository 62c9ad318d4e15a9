package com.neuralrouter.server.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Adds records up as they are stored, so that who sums them up need not read back what was written
 * a moment ago. What it has is without a gap, and after a gap it begins anew: who takes it compares
 * where it begins with how far they are, and reads the store if that is not the same. Safe for all
 * threads.
 *
 * @param <K> what a sum is of
 * @param <V> the sum
 */
public final class RecentSums<K, V> implements StoredRecords {
    private final Function<RequestRecord, K> key;
    private final Function<RequestRecord, V> value;
    private final BinaryOperator<V> plus;

    // Guarded by this.
    private long after = Long.MAX_VALUE;
    private long upTo = Long.MAX_VALUE;
    private Map<K, V> sums = new HashMap<>();

    /**
     * Sums of all records behind a position, up to another.
     *
     * @param after {@link Long#MAX_VALUE} if no record has been stored yet
     */
    public record Part<K, V>(long after, long upTo, Map<K, V> sums) {

        /** Whether no record is in it. */
        public boolean isEmpty() {
            return sums.isEmpty();
        }
    }

    RecentSums(
            Function<RequestRecord, K> key,
            Function<RequestRecord, V> value,
            BinaryOperator<V> plus) {
        this.key = key;
        this.value = value;
        this.plus = plus;
    }

    @Override
    public synchronized void stored(List<RequestRecord> records) {
        for (RequestRecord record : records) {
            if (record.position() != upTo + 1) {
                sums = new HashMap<>();
                after = record.position() - 1;
            }
            upTo = record.position();
            sums.merge(key.apply(record), value.apply(record), plus);
        }
    }

    /** What has come since it was last taken; from here on it begins behind that. */
    public synchronized Part<K, V> take() {
        var part = new Part<>(after, upTo, sums);
        after = upTo;
        sums = new HashMap<>();
        return part;
    }
}
