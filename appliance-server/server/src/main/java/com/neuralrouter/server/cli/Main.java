package com.neuralrouter.server.cli;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.server.bootstrap.Launch;
import com.neuralrouter.server.bootstrap.Logging;
import com.neuralrouter.server.yaml.YamlRefused;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * {@code neural-router}: the one command of the appliance, whose subcommands found a site, run it
 * and administer it. Its exit codes are those of {@link ExitCode}.
 */
@Command(
        name = "neural-router",
        header = "The Neural Router Appliance: an on-premises gateway to language models.",
        description = {
            "",
            "A site is a folder: its configuration, its keys and certificates, its store. 'init'"
                    + " makes one, 'serve' runs it, 'apply' makes it what a file says, 'enroll'"
                    + " lets an administrator's desktop in.",
            ""
        },
        commandListHeading = "%nCommands, in the order in which they are first needed:%n",
        footer = {
            "",
            "Example, from nothing to a served request:",
            "  neural-router init --site /var/lib/neural-router --host llm.example.org",
            "  neural-router serve --site /var/lib/neural-router",
            "  neural-router apply --site /var/lib/neural-router -f site.yaml",
            "",
            "Exit codes: 0 done; 1 refused or failed, a sentence says why; 2 called in a wrong way;"
                    + " 3 no server can be reached."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logging.errorsTo(System.err);
        System.exit(
                commandLine(
                                Terminal.ofThisProcess(),
                                Clock.systemUTC(),
                                new Launch(System.getenv())::start)
                        .execute(arguments));
    }

    /** The command with all of its subcommands. */
    static CommandLine commandLine(Terminal terminal, Clock clock, ServeCommand.Start start) {
        CommandLine command = withoutServe(terminal, clock);
        command.addSubcommand(new ServeCommand(terminal, clock, start));
        return speaking(command, terminal);
    }

    /** The same without {@code serve}. */
    static CommandLine commandLine(Terminal terminal, Clock clock) {
        return speaking(withoutServe(terminal, clock), terminal);
    }

    private static CommandLine withoutServe(Terminal terminal, Clock clock) {
        var command = new CommandLine(new Main());
        command.addSubcommand(new InitCommand(terminal, clock));
        command.addSubcommand(new UnsealCommand(terminal));
        command.addSubcommand(SealCommand.line(terminal, clock));
        command.addSubcommand(new EnrollCommand(terminal));
        command.addSubcommand(new ApplyCommand(terminal));
        command.addSubcommand(new ExportCommand(terminal));
        command.addSubcommand(PolicyCommand.line(terminal));
        command.addSubcommand(ApprovalsCommand.line(terminal));
        command.addSubcommand(new AskCommand(terminal));
        command.addSubcommand(new ExplainCommand(terminal));
        command.addSubcommand(LimitsCommand.line(terminal));
        command.addSubcommand(new BudgetsCommand(terminal));
        command.addSubcommand(new KeysCommand(terminal));
        command.addSubcommand(CatalogueCommand.line(terminal));
        command.addSubcommand(UsageCommand.line(terminal, clock));
        command.addSubcommand(new DeleteWorkspaceCommand(terminal));
        command.addSubcommand(new DoctorCommand(terminal, clock));
        command.addSubcommand(BackupCommand.line(terminal, clock));
        command.addSubcommand(AuditCommand.line(terminal));
        command.addSubcommand(ReceiptCommand.line(terminal));
        command.addSubcommand(ContentCommand.line(terminal));
        command.addSubcommand(new CertsCommand());
        return command;
    }

    /** Set last: it is handed on to the subcommands that are there. */
    private static CommandLine speaking(CommandLine command, Terminal terminal) {
        command.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((failure, line, _) -> failed(failure, line));
        command.setParameterExceptionHandler((misuse, _) -> misused(misuse));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    private static int misused(ParameterException misuse) {
        CommandLine line = misuse.getCommandLine();
        line.getErr().println("neural-router: " + misuse.getMessage());
        line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** The one place where a failure becomes a sentence. */
    private static int failed(Exception failure, CommandLine line) {
        PrintWriter err = line.getErr();
        return switch (failure) {
            case CommandFailed told -> {
                err.println("neural-router: " + told.getMessage());
                yield told.exitCode();
            }
            case YamlRefused refused -> {
                refused.errors().forEach(error -> err.println(error));
                yield ExitCode.FAILED;
            }
            case AdminClient.Refused refused -> {
                tell(err, refused.problem());
                yield ExitCode.FAILED;
            }
            default -> {
                err.println("neural-router: " + Failures.sentence(failure));
                yield ExitCode.FAILED;
            }
        };
    }

    private static void tell(PrintWriter err, Problem problem) {
        err.println(
                "neural-router: the appliance refused it: "
                        + problem.detail()
                        + " ("
                        + problem.code().wire()
                        + ", request "
                        + problem.requestId()
                        + ")");
        for (FieldError error : problem.fieldErrors()) {
            err.println("  " + error.field() + ": " + error.message());
        }
    }
}
