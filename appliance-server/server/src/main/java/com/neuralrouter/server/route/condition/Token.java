package com.neuralrouter.server.route.condition;

/**
 * A word of a condition.
 *
 * @param text a name, a symbol, a number's digits, or a string's value
 * @param at the index of its first character
 */
record Token(Kind kind, String text, int at) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
