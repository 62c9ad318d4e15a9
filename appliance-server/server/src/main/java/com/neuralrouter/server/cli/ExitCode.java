package com.neuralrouter.server.cli;

/** What the command's exit status means; scripts rely on these numbers. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;

    /** Refused or failed; the sentence on the standard error stream says why. */
    static final int FAILED = 1;

    /** Called in a way that there is not. */
    static final int USAGE = 2;

    /** There is no server to talk to, or it does not answer. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
