package com.neuralrouter.server.usage;

import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;
import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;
import com.neuralrouter.server.usage.RequestJournal.RecordUnavailable;
import com.neuralrouter.server.usage.RequestJournal.Ticket;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process that {@link JournalKillIT} kills: records requests from many threads into a real
 * store and prints each one when the journal has acknowledged it, as {@code o17.} when it was
 * opened and {@code c17.} when it was closed.
 */
final class JournalWriter {
    static final int CAPACITY = 4096;
    private static final int THREADS = 16;

    private JournalWriter() {}

    /** Takes the folder and the first request's number. */
    static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        var number = new AtomicLong(Long.parseLong(arguments[1]));
        PrintStream out = System.out;
        var store = new UsageStore(Database.open(EncryptedStores.in(folder.resolve("data"))));
        var journal =
                MappedRequestJournal.start(
                        folder.resolve("journal"), CAPACITY, store, Beginning.MAPPED);
        Thread last = Thread.currentThread();
        for (int i = 0; i < THREADS; i++) {
            last = Thread.ofPlatform().start(() -> write(journal, number, out));
        }
        last.join();
    }

    private static void write(RequestJournal journal, AtomicLong number, PrintStream out) {
        while (!out.checkError()) {
            long id = number.getAndIncrement();
            try {
                Ticket ticket = journal.open(Requests.started(id));
                out.print("o" + id + ".\n");
                ticket.close(Requests.completed());
                out.print("c" + id + ".\n");
            } catch (RecordUnavailable _) {
                Thread.yield();
            }
        }
    }
}
