package com.neuralrouter.server.integrity;

import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.architecture.Repository;
import com.neuralrouter.server.route.ProviderStandings;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.StoredRoute;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.KeyEntry;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.snapshot.WorkspaceView;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A program: publishes changes of a large site while a thread plans requests, in turns with equally
 * long times without changes, and prints the longest time without a request of both.
 */
final class PublishingAmongRequests {
    private static final int KEYS = 100_000;
    private static final int ROUTES = 1_000;
    private static final int TURNS = 40;
    private static final int CHANGES_A_TURN = 5;
    private static final int WARM = 200;

    /** What "without a pause" means, beyond what the machine does by itself. */
    private static final double PAUSE_MILLIS = 100;

    private static final double USUAL_PAUSE_MILLIS = 10;

    private PublishingAmongRequests() {}

    /** Runs it as a process with the product's own options; what it printed. */
    static String run(Path folder) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Repository.read(Repository.find().resolve("installer/bin/neural-router"))
                .lines()
                .map(line -> line.strip().replace(" \\", ""))
                .filter(line -> line.startsWith("-XX:") || line.startsWith("--enable-"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingAmongRequests.class.getName(),
                        folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return printed;
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (var site = new TestSite(Path.of(arguments[0]))) {
            IntegrityCostTest.fill(site);
            Iterator<StoredRoute> next = site.reads.read(site.routeStore::all).iterator();
            change(site, next, WARM);
            var requests = new Requests(site.snapshots);
            Thread app = Thread.ofPlatform().start(requests);
            change(site, next, WARM);
            System.gc(); // What was left of making the site is not to be paid for below.
            measure(site, next, requests);
            app.interrupt();
            app.join();
        }
    }

    private static void measure(TestSite site, Iterator<StoredRoute> next, Requests requests) {
        var with = new ArrayList<Long>();
        var without = new ArrayList<Long>();
        long publishing = 0;
        long made = requests.made;
        long began = System.nanoTime();
        long collected = collections();
        for (int turn = 0; turn < TURNS; turn++) {
            requests.longest();
            long start = System.nanoTime();
            publishing += change(site, next, CHANGES_A_TURN);
            with.add(requests.longest());
            LockSupport.parkNanos(System.nanoTime() - start);
            without.add(requests.longest());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%d changes published in %.1f ms each, %.0f requests a second planned by one"
                        + " thread, %d collections by %s%n",
                TURNS * CHANGES_A_TURN,
                publishing / 1e6 / TURNS / CHANGES_A_TURN,
                (requests.made - made) / seconds,
                collections() - collected,
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName());
        tell("while changes are published", with);
        tell("without changes", without);
        boolean pause =
                millis(with, 1) > millis(without, 1) + PAUSE_MILLIS
                        || millis(with, 0.5) > millis(without, 0.5) + USUAL_PAUSE_MILLIS;
        System.out.println(pause ? "a pause" : "no pause");
    }

    private static void tell(String when, List<Long> longest) {
        System.out.printf(
                "longest time between two requests %s: half of %d turns %.2f ms, all %.2f ms%n",
                when, longest.size(), millis(longest, 0.5), millis(longest, 1));
    }

    private static double millis(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** How long publishing took, all together. */
    private static long change(TestSite site, Iterator<StoredRoute> next, int times) {
        long publishing = 0;
        for (int i = 0; i < times; i++) {
            site.apply(tx -> IntegrityCostTest.changed(site, tx, next.next()));
            publishing += site.publishedInNanos;
        }
        return publishing;
    }

    /** Requests of many keys for many models, one after the other, until it is interrupted. */
    private static final class Requests implements Runnable {
        private final Snapshots snapshots;
        private final RoutePlanner planner =
                new RoutePlanner(new UpstreamHealth(Clock.systemUTC()), new ProviderStandings());

        /** Written by the thread of the requests alone. */
        private volatile long made;

        /** The longest time without one since it was last asked for. */
        private volatile long longest;

        private volatile boolean anew;

        Requests(Snapshots snapshots) {
            this.snapshots = snapshots;
        }

        @Override
        public void run() {
            long last = System.nanoTime();
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                request(i);
                long now = System.nanoTime();
                if (anew) {
                    longest = 0;
                    anew = false;
                }
                longest = Math.max(longest, now - last);
                last = now;
                made = i;
            }
        }

        private void request(int number) {
            GatewaySnapshot now = snapshots.current();
            KeyEntry key = now.key("k" + number * 7_919L % KEYS).orElseThrow();
            WorkspaceView workspace = now.workspace(key.workspaceId()).orElseThrow();
            Route route = workspace.route("model-" + number % ROUTES).orElseThrow();
            if (planner.plan(route, RouteFacts.NONE, _ -> null, _ -> true).empty()) {
                throw new IllegalStateException("nobody to ask for " + number);
            }
        }

        /** That time; what is told next begins with the next request. */
        long longest() {
            long told = longest;
            anew = true;
            while (anew) {
                Thread.onSpinWait();
            }
            return told;
        }
    }
}
