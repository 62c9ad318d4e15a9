package com.neuralrouter.desktop.task;

import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;

import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs calls that take time, each on a virtual thread of its own, and brings the answer back to the
 * window's thread.
 *
 * <p>Used by every view model; made once, in {@code Desktop}. An exception out of a call is a
 * defect: it is logged here, once, and comes back as {@link Trouble.Defect}.
 */
public final class Tasks {
    private static final System.Logger LOG = System.getLogger(Tasks.class.getName());

    private final Executor executor;
    private final UiThread ui;

    /** With an executor that starts a thread per call; tests pass {@code Runnable::run} twice. */
    public Tasks(Executor executor, UiThread ui) {
        this.executor = executor;
        this.ui = ui;
    }

    /**
     * Starts the call. Its answer is given to {@code then} on the window's thread, unless the task
     * was cancelled before: then the call's thread is interrupted and nothing comes back.
     *
     * @param what names the call in the log; a constant
     */
    public <T> Cancellable run(String what, Supplier<Answer<T>> call, Consumer<Answer<T>> then) {
        var one = new One<T>(what, call, then);
        one.work = new FutureTask<>(one::work, null);
        executor.execute(one.work);
        return one;
    }

    private final class One<T> implements Cancellable {
        private final String what;
        private final Supplier<Answer<T>> call;
        private final Consumer<Answer<T>> then;
        // written before the executor sees it
        private FutureTask<?> work = new FutureTask<>(() -> {}, null);
        private volatile boolean cancelled;

        One(String what, Supplier<Answer<T>> call, Consumer<Answer<T>> then) {
            this.what = what;
            this.call = call;
            this.then = then;
        }

        void work() {
            var answer = answer();
            ui.run(() -> {
                if (!cancelled) {
                    then.accept(answer);
                }
            });
        }

        private Answer<T> answer() {
            try {
                return call.get();
            } catch (RuntimeException e) {
                if (cancelled) {
                    return new Answer.Refused<>(new Trouble.Cancelled());
                }
                LOG.log(System.Logger.Level.ERROR, "task failed: task=" + what, e);
                return new Answer.Refused<>(new Trouble.Defect(e.getClass().getSimpleName()));
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            work.cancel(true);
        }
    }
}
