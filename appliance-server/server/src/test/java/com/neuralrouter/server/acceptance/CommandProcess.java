package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.cli.Main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** {@code neural-router} as a process of its own. */
final class CommandProcess {
    private final Process process;
    private final Path output;

    private CommandProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** How a command ended, and what it said. */
    record Ran(int code, String output) {}

    /** Starts it; what it says is kept in the folder. */
    static CommandProcess start(Path folder, Object... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path output = Files.createTempFile(folder, "output", ".txt");
        return new CommandProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** The same, to its end. */
    static Ran run(Path folder, Object... arguments) throws IOException, InterruptedException {
        CommandProcess started = start(folder, arguments);
        int code = started.process.waitFor();
        return new Ran(code, Files.readString(started.output));
    }

    Process process() {
        return process;
    }

    /** What it has said so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** {@code SIGKILL}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
