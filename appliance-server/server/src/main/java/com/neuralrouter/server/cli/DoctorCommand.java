package com.neuralrouter.server.cli;

import com.neuralrouter.server.cli.Finding.Level;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code neural-router doctor}: what is wrong with a site, and what to do. */
@Command(
        name = "doctor",
        header = "Look a site over and say what is wrong and what to do.",
        description = {
            "",
            "Looks at the configuration, the permissions of files with secrets, the certificates'"
                    + " dates, the clock, the disk, the journal's folder and, if no server runs,"
                    + " at the store and the ports; if one runs, whether it answers. The store is"
                    + " opened as the next start would open it.",
            "",
            "Each line begins with ok, warn or fail. Exit code 1 if anything is 'fail'.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router doctor --site /var/lib/neural-router",
            "",
            "What happens next: when all is ok, 'neural-router serve' starts the appliance."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    DoctorCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        List<Finding> findings =
                new Diagnosis(site.existing(), terminal.environment(), clock).findings();
        for (Finding finding : findings) {
            String level = finding.level().name().toLowerCase(Locale.ROOT);
            terminal.print(
                    "%-4s  %-13s %s".formatted(level, finding.subject(), finding.sentence()));
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Level.FAIL);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }
}
