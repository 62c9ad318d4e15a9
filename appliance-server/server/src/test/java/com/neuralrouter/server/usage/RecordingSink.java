package com.neuralrouter.server.usage;

import com.neuralrouter.contract.RequestId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A store in memory that can be told to fail, before or after it has stored. */
final class RecordingSink implements RequestSink {
    /** How {@link #insert} behaves. */
    enum Mood {
        WELL,
        FAILS,
        /** As when the answer to a commit is lost. */
        STORES_AND_FAILS
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All below: guarded by lock. */
    private final List<RequestRecord> records = new ArrayList<>();

    private Mood mood = Mood.WELL;
    private int refusals;

    @Override
    public long lastPosition() {
        lock.lock();
        try {
            return records.isEmpty() ? 0 : records.getLast().position();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<Long> stored(List<RequestRecord> asked) {
        lock.lock();
        try {
            return asked.stream()
                    .filter(each -> records.stream().anyMatch(there -> same(there, each)))
                    .map(RequestRecord::position)
                    .collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void insert(List<RequestRecord> batch, Pace pace) {
        lock.lock();
        try {
            if (mood != Mood.FAILS) {
                records.addAll(batch);
            }
            if (mood != Mood.WELL) {
                refusals++;
                throw new IllegalStateException("the store is told to fail");
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    void is(Mood mood) {
        lock.lock();
        try {
            this.mood = mood;
        } finally {
            lock.unlock();
        }
    }

    /** Those that are stored, once there are as many as that. */
    List<RequestRecord> await(int count) {
        return await(() -> records.size() >= count, "for " + count + " records");
    }

    List<RequestRecord> awaitRefusal() {
        return await(() -> refusals > 0, "for a refusal");
    }

    static List<RequestId> ids(List<RequestRecord> records) {
        return records.stream().map(each -> each.started().id()).toList();
    }

    private List<RequestRecord> await(BooleanSupplier condition, String what) {
        lock.lock();
        try {
            long left = Duration.ofSeconds(30).toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(
                            "waited 30 s " + what + "; there are " + records.size());
                }
                left = changed.awaitNanos(left);
            }
            return List.copyOf(records);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private static boolean same(RequestRecord a, RequestRecord b) {
        return a.position() == b.position() && a.started().id().equals(b.started().id());
    }
}
