package com.neuralrouter.server.audit.log;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The process that {@link EntryLogKillIT} kills: appends from several threads and prints each leaf,
 * with a full stop behind it, when the log has acknowledged it.
 */
final class AppendingProcess {
    private static final int THREADS = 8;

    private AppendingProcess() {}

    /** Takes the site's folder and a name that no other run has. */
    static void main(String[] arguments) throws InterruptedException {
        Path site = Path.of(arguments[0]);
        PrintStream out = System.out;
        EntryLog log = new TestLog(site).open(site.resolve("audit"));
        Thread last = Thread.currentThread();
        for (int i = 0; i < THREADS; i++) {
            String name = arguments[1] + "t" + i + "n";
            last = Thread.ofPlatform().start(() -> append(log, name, out));
        }
        last.join();
    }

    private static void append(EntryLog log, String name, PrintStream out) {
        for (int n = 0; !out.checkError(); n++) {
            String text = name + n + "-";
            int count = 1 + n % 3;
            Appended appended = log.append(TestDraft.many(text, count));
            for (int i = 0; i < count; i++) {
                out.print(text + i + " " + (appended.first() + i) + " " + appended.time() + ".\n");
            }
        }
    }
}
