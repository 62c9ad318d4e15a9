package com.neuralrouter.server.bootstrap;

/** What {@code audit.receipts} says. */
final class ReceiptChoice {
    static final String ALWAYS = "always";
    static final String NEVER = "never";

    private ReceiptChoice() {}

    /** Throws {@link IllegalArgumentException} for another word. */
    static boolean wanted(String written) {
        return switch (written) {
            case ALWAYS -> true;
            case NEVER -> false;
            default -> throw new IllegalArgumentException("must be " + ALWAYS + " or " + NEVER);
        };
    }
}
