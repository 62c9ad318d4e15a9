package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * How a {@link FakeAdminClient} answers: as it was told to. {@link #failWith} makes every call
 * fail, {@link #refuseNext} only the next one.
 */
abstract class FakeAnswers {
    /** Every call by its method's name, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    private volatile Optional<Trouble> failure = Optional.empty();
    private volatile Optional<Trouble> nextRefusal = Optional.empty();
    private volatile CountDownLatch held = new CountDownLatch(0);

    /** Every call fails so from now on. */
    public void failWith(Trouble trouble) {
        failure = Optional.of(trouble);
    }

    /** Calls work again. */
    public void recover() {
        failure = Optional.empty();
    }

    /** Calls wait for the latch before they answer, or until they are given up. */
    public void answerAfter(CountDownLatch latch) {
        held = latch;
    }

    /** The next call that changes something is refused so. */
    public void refuseNext(Trouble trouble) {
        nextRefusal = Optional.of(trouble);
    }

    /** A refusal as the appliance words it. */
    public static Trouble problem(ProblemCode code, String detail) {
        return new Trouble.ByAppliance(
                new Problem(
                        "problem-codes.md#" + code.wire(),
                        code.title(),
                        code.status(),
                        detail,
                        code,
                        "0199c5a2-7b1e-7000-8000-00000000beef",
                        List.of(),
                        null));
    }

    final <T> Answer<T> refused(ProblemCode code, String detail) {
        return new Answer.Refused<>(problem(code, detail));
    }

    final <T> Answer<T> read(String call, Supplier<T> value) {
        calls.add(call);
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refused<>(new Trouble.Cancelled());
        }
        return failure.<Answer<T>>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Ok<>(value.get()));
    }

    final <T> Answer<T> change(String call, Supplier<T> value) {
        var refusal = nextRefusal;
        nextRefusal = Optional.empty();
        if (refusal.isPresent()) {
            calls.add(call);
            return new Answer.Refused<>(refusal.get());
        }
        return read(call, value);
    }

    /** The cursor is the number of items before the page. */
    static <T> Page<T> newestFirst(List<T> all, Comparator<T> order, String cursor, int limit) {
        var sorted = new ArrayList<>(all);
        sorted.sort(order);
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(sorted.size(), from + limit);
        return new Page<>(
                sorted.subList(from, to), to < sorted.size() ? Integer.toString(to) : null);
    }
}
