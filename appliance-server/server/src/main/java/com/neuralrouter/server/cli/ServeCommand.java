package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.ApplianceVersion;
import com.neuralrouter.server.bootstrap.Logging;
import com.neuralrouter.server.bootstrap.RunningAppliance;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code neural-router serve}: runs the appliance until the process is told to end. */
@Command(
        name = "serve",
        header = "Run the appliance on a site's folder.",
        description = {
            "",
            "Reads appliance.yaml, opens the three listeners and serves until the process gets"
                    + " SIGTERM or SIGINT; then it says at /healthz that it stops for as long as"
                    + " shutdown-notice, takes no more requests, lets those under way end within"
                    + " shutdown-grace, and exits. Logs go to the standard output, one JSON"
                    + " object a line. One server runs on a folder at a time.",
            "",
            "If the seal of its vault takes a person, it opens no listener and waits for"
                    + " 'neural-router unseal'.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router serve --site /var/lib/neural-router",
            "",
            "What happens next: 'neural-router apply' gives it workspaces, providers and routes;"
                    + " 'neural-router enroll' lets a desktop in; 'neural-router doctor' says how"
                    + " it is."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

    private final Terminal terminal;
    private final Clock clock;
    private final Start start;
    private final CountDownLatch ended = new CountDownLatch(1);

    @Mixin private final SiteOption site;

    /** Starts an appliance, as {@code Appliance.start} does. */
    interface Start {
        RunningAppliance start(SiteFolder site, ApplianceConfig config, Clock clock);
    }

    ServeCommand(Terminal terminal, Clock clock, Start start) {
        this.terminal = terminal;
        this.clock = clock;
        this.start = start;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SiteFolder folder = site.existing();
        ApplianceConfig config = SiteOption.config(folder);
        Logging.toLines(terminal.out());
        SiteLock lock =
                SiteLock.take(folder)
                        .orElseThrow(() ->
                                new CommandFailed(
                                        "Another server runs on "
                                                + folder.root()
                                                + "; stop it, or name another folder."));
        try (lock;
                RunningAppliance appliance = start.start(folder, config, clock)) {
            // The process ends when its hooks have, so this one does all of the stopping.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(appliance, lock)));
            lock.announce(
                    new SiteLock.Running(
                            ProcessHandle.current().pid(),
                            appliance.inferencePort(),
                            appliance.adminPort(),
                            appliance.enrolmentPort()));
            LOG.log(
                    System.Logger.Level.INFO,
                    "the appliance serves site={0} version={1} inference={2} admin={3}"
                            + " enrolment={4}",
                    folder.root(),
                    ApplianceVersion.text(),
                    String.valueOf(appliance.inferencePort()),
                    String.valueOf(appliance.adminPort()),
                    String.valueOf(appliance.enrolmentPort()));
            ended.await();
        }
        return ExitCode.OK;
    }

    private void stop(RunningAppliance appliance, SiteLock lock) {
        LOG.log(System.Logger.Level.INFO, "the appliance stops");
        appliance.close();
        try {
            lock.close();
        } catch (IOException e) {
            // The process ends with this hook, and the system frees the lock.
            LOG.log(System.Logger.Level.WARNING, "the lock file could not be closed");
        }
        ended.countDown();
    }
}
