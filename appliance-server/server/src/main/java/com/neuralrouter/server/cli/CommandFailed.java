package com.neuralrouter.server.cli;

/** Ends a command with an exit code and a sentence for the person who called it. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    CommandFailed(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** Ends it with {@link ExitCode#FAILED}. */
    CommandFailed(String sentence) {
        this(ExitCode.FAILED, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
