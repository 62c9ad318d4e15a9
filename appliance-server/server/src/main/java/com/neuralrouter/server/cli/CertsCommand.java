package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.server.secret.VaultUnusable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * {@code neural-router certs}: makes, issues and shows certificates. Works on files alone, with or
 * without a running appliance. {@code Main} registers it; it needs nothing from it.
 */
@Command(
        name = "certs",
        header = "Make, issue and show the certificates of a site.",
        description = {
            "",
            "A site has its own certificate authority: a root, which everybody trusts, and an"
                    + " issuing authority under it, which signs the certificates of servers and"
                    + " administrators' devices. 'neural-router init' makes all of it; these"
                    + " commands are for what comes after, and for a PKI that is kept elsewhere.",
            "",
            "Private keys are written encrypted. Passwords come from files, never from the"
                    + " command line, where other users of the machine could read them.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            CertsCreateCommand.class,
            CertsListenersCommand.class,
            CertsServerCommand.class,
            CertsClientCommand.class,
            CertsShowCommand.class
        })
public final class CertsCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Picocli makes one. */
    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    CertsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say which: create, listeners, server, client or show.");
    }

    /**
     * What the subcommands share: a failure becomes one sentence on the error stream and exit code
     * 1; wrong usage is picocli's, with exit code 2.
     */
    abstract static class Step implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
        Step() {}

        abstract void run() throws IOException;

        @Override
        public final Integer call() {
            try {
                run();
                return CommandLine.ExitCode.OK;
            } catch (CertificateProblem e) {
                return failed(e.sentence());
            } catch (VaultUnusable e) {
                return failed(Objects.requireNonNull(e.getMessage()));
            } catch (UncheckedIOException e) {
                return failed(FileFailure.sentence(Objects.requireNonNull(e.getCause())));
            } catch (IOException e) {
                return failed(FileFailure.sentence(e));
            }
        }

        final PrintWriter out() {
            return spec.commandLine().getOut();
        }

        private int failed(String sentence) {
            spec.commandLine().getErr().println("neural-router: " + sentence);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
