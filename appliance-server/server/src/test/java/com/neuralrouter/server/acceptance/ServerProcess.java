package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.cli.Main;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code neural-router serve} as a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final SiteLock.Running running;

    private ServerProcess(Process process, SiteLock.Running running) {
        this.process = process;
        this.running = running;
    }

    /** Returns when the server takes requests; its output is added to the log. */
    static ServerProcess start(SiteFolder site, Path log) throws Exception {
        return start(site, log, List.of(), List.of());
    }

    /**
     * The same.
     *
     * @param before a command that runs it, and leaves it the process that it is itself
     * @param options more options for Java
     */
    static ServerProcess start(SiteFolder site, Path log, List<String> before, List<String> options)
            throws Exception {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--site",
                        site.root().toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<SiteLock.Running> running = Optional.empty();
        while (running.isEmpty()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("the server did not start; its log is " + log);
            }
            running = SiteLock.running(site).filter(one -> one.pid() == process.pid());
        }
        return new ServerProcess(process, running.get());
    }

    SiteLock.Running running() {
        return running;
    }

    /** {@code SIGKILL}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** {@code SIGTERM}, and waits until it has ended. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
