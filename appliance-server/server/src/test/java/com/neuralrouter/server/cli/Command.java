package com.neuralrouter.server.cli;

import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the command as a person or a script would, and keeps what it printed. */
final class Command {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> questions = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private String answer = "";
    private Clock clock = Clock.systemUTC();
    private ServeCommand.Start start =
            (_, _, _) -> {
                throw new AssertionError("this test starts no server");
            };

    /** Somebody is there, and answers this. */
    Command answering(String text) {
        answer = text;
        return this;
    }

    /** Somebody types these, one after the other, where a secret is asked for. */
    Command typing(String... lines) {
        secrets.addAll(List.of(lines));
        return this;
    }

    /** What {@code serve} starts. */
    Command starting(ServeCommand.Start appliance) {
        start = appliance;
        return this;
    }

    /** What it takes for the time. */
    Command at(Clock another) {
        clock = another;
        return this;
    }

    Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    int run(Object... arguments) {
        return line().execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    /** The command with all that is below it. */
    CommandLine line() {
        var person =
                new Terminal.Person() {
                    @Override
                    public boolean present() {
                        return !answer.isEmpty();
                    }

                    @Override
                    public String ask(String question) {
                        questions.add(question);
                        return answer;
                    }

                    @Override
                    public byte[] askSecret(String question) {
                        questions.add(question);
                        String typed = secrets.isEmpty() ? "" : secrets.removeFirst();
                        return typed.getBytes(StandardCharsets.UTF_8);
                    }
                };
        var terminal =
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        person,
                        environment::get);
        return Main.commandLine(terminal, clock, start);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    List<String> questions() {
        return List.copyOf(questions);
    }
}
