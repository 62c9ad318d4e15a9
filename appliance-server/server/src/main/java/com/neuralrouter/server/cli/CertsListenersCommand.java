package com.neuralrouter.server.cli;

import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.certificate.SiteCertificates;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** {@code neural-router certs listeners}: other names for the appliance itself. */
@Command(
        name = "listeners",
        header = "Give the appliance's own listeners new certificates.",
        description = {
            "",
            "For a box that was renamed, moved or got another address. The appliance works with"
                    + " the new certificates from its next start. localhost, 127.0.0.1 and ::1 are"
                    + " always among the names. Certificates that are about to expire need no"
                    + " command: each start renews them.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router certs listeners --site /var/lib/neural-router \\",
            "      --host llm.example.org --host 10.1.2.3"
        },
        mixinStandardHelpOptions = true)
final class CertsListenersCommand extends CertsCommand.Step {
    @Option(
            names = "--site",
            paramLabel = "DIR",
            required = true,
            description = "The site's folder.")
    private Path site;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            required = true,
            split = ",",
            description = "A host name or address of the box. Repeatable.")
    private List<String> hosts;

    @SuppressWarnings("NullAway.Init") // Picocli sets what is required.
    CertsListenersCommand() {}

    @Override
    void run() throws IOException {
        try (KeyLock lock = AuthorityOptions.siteLock(site, Clock.systemUTC())) {
            new SiteCertificates(new SiteFolder(site).certs(), lock, Clock.systemUTC())
                    .reissue(hosts.stream().map(ServerName::new).toList());
        }
        out().println("The listeners have new certificates from the next start.");
    }
}
