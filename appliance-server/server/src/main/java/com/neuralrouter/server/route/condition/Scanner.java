package com.neuralrouter.server.route.condition;

import com.neuralrouter.server.route.condition.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/** Takes a condition's text apart into its words. */
final class Scanner {
    private static final List<String> SYMBOLS =
            List.of(
                    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ",", ".",
                    "-");

    private final String text;
    private int at;

    private Scanner(String text) {
        this.text = text;
    }

    /** The last one is the end. Throws {@link ConditionRefused}. */
    static List<Token> tokens(String text) {
        var scanner = new Scanner(text);
        var tokens = new ArrayList<Token>();
        do {
            tokens.add(scanner.next());
        } while (tokens.getLast().kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        char c = text.charAt(at);
        if (isNameStart(c)) {
            return name();
        }
        if (isDigit(c)) {
            return number();
        }
        return c == '"' || c == '\'' ? string(c) : symbol();
    }

    private Token name() {
        int from = at;
        while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        return new Token(Kind.NAME, text.substring(from, at), from);
    }

    private Token number() {
        int from = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        boolean more = at < text.length() && isNameStart(text.charAt(at));
        boolean fraction =
                at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1));
        if (fraction || more || at - from > 18) {
            throw new ConditionRefused(
                    from, "only whole numbers of up to 18 digits are understood");
        }
        return new Token(Kind.NUMBER, text.substring(from, at), from);
    }

    private Token string(char quote) {
        int from = at++;
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\n' || c == '\r') {
                throw new ConditionRefused(from, "a text must end on the line where it begins");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        if (at == text.length()) {
            throw new ConditionRefused(from, "a text has no closing quote");
        }
        at++;
        if (value.isEmpty() && at < text.length() && text.charAt(at) == quote) {
            throw new ConditionRefused(from, "texts in three quotes are not understood");
        }
        return new Token(Kind.STRING, value.toString(), from);
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '\\', '"', '\'', '`', '?' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default ->
                    throw new ConditionRefused(
                            at - 1, "after '\\' only \\ \" ' ` ? n r t are understood");
        };
    }

    private Token symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Kind.SYMBOL, symbol, at - symbol.length());
            }
        }
        throw new ConditionRefused(at, "'" + text.charAt(at) + "' is not understood here");
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
