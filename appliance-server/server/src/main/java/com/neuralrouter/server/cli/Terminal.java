package com.neuralrouter.server.cli;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Function;

/**
 * What a command sees of the world around it: where it prints, whom it can ask, and its
 * environment.
 */
record Terminal(PrintStream out, PrintStream err, Person person, Environment environment) {

    /** Somebody who may be there to answer. */
    interface Person {
        boolean present();

        /** Shows the question and answers with the line that was typed; empty at the end. */
        String ask(String question);

        /**
         * Shows the question and answers with the line that was typed, which is not shown; reads it
         * from the standard input where nobody sits at a terminal. The caller wipes it; empty at
         * the end.
         */
        byte[] askSecret(String question) throws IOException;
    }

    /** The environment variables; null for one that is not set. */
    interface Environment extends Function<String, @Nullable String> {}

    /** This process's own. */
    static Terminal ofThisProcess() {
        return new Terminal(System.out, System.err, new ConsolePerson(), System::getenv);
    }

    void print(String line) {
        out.println(line);
    }

    private static final class ConsolePerson implements Person {
        private final @Nullable Console console = System.console();
        private final InputStream standardInput = new FileInputStream(FileDescriptor.in);

        @Override
        public boolean present() {
            return console != null && console.isTerminal();
        }

        @Override
        public String ask(String question) {
            String answer = console == null ? null : console.readLine("%s", question);
            return answer == null ? "" : answer.strip();
        }

        @Override
        public byte[] askSecret(String question) throws IOException {
            if (console == null || !console.isTerminal()) {
                // Not System.in, which would keep what was typed in its buffer.
                return SecretLine.read(standardInput);
            }
            char[] typed = console.readPassword("%s", question);
            return typed == null ? new byte[0] : SecretLine.utf8(typed);
        }
    }
}
