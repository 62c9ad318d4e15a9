package com.neuralrouter.server.route.condition;

import com.neuralrouter.server.route.condition.Term.Headers;
import com.neuralrouter.server.route.condition.Term.Key;
import com.neuralrouter.server.route.condition.Term.Text;
import com.neuralrouter.server.route.condition.Term.Texts;
import com.neuralrouter.server.route.condition.Term.Truth;
import com.neuralrouter.server.route.condition.Term.Whole;
import com.neuralrouter.server.route.condition.Term.Wholes;
import com.neuralrouter.server.route.condition.Token.Kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compiles a condition by recursive descent, along the grammar of the CEL specification ("Syntax"):
 * or, and, relation, unary, member, primary. Types are checked on the way.
 */
final class Parser {
    private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final int DEEPEST = 50;

    private final List<Token> tokens;
    private final Set<String> headers;
    private int next;
    private int depth;

    Parser(String text, Set<String> headers) {
        this.tokens = Scanner.tokens(text);
        this.headers = headers;
    }

    Truth condition() {
        Token first = peek();
        Term whole = or();
        if (peek().kind() != Kind.END) {
            throw new ConditionRefused(peek().at(), peek().shown() + " is not expected here");
        }
        return truth(whole, first);
    }

    private Term or() {
        if (++depth > DEEPEST) {
            throw new ConditionRefused(peek().at(), "nested more than " + DEEPEST + " deep");
        }
        Token first = peek();
        Term left = and();
        while (take("||")) {
            Truth one = truth(left, first);
            Token second = peek();
            Truth other = truth(and(), second);
            left = (Truth) subject -> one.of(subject) || other.of(subject);
        }
        depth--;
        return left;
    }

    private Term and() {
        Token first = peek();
        Term left = relation();
        while (take("&&")) {
            Truth one = truth(left, first);
            Token second = peek();
            Truth other = truth(relation(), second);
            left = (Truth) subject -> one.of(subject) && other.of(subject);
        }
        return left;
    }

    private Term relation() {
        Term left = unary();
        while (true) {
            Token relation = peek();
            if (relation.isName("in")) {
                next++;
                left = Relations.in(left, unary(), relation);
            } else if (relation.kind() == Kind.SYMBOL && RELATIONS.contains(relation.text())) {
                next++;
                left = Relations.compare(left, unary(), relation);
            } else {
                return left;
            }
        }
    }

    private Term unary() {
        Token sign = peek();
        if (sign.is("!")) {
            int count = 0;
            while (take("!")) {
                count++;
            }
            Truth inner = truth(member(), sign);
            return count % 2 == 0 ? inner : (Truth) subject -> !inner.of(subject);
        }
        if (sign.is("-")) {
            next++;
            Token digits = peek();
            if (digits.kind() != Kind.NUMBER) {
                throw new ConditionRefused(sign.at(), "'-' must be followed by a number");
            }
            next++;
            return number(-Long.parseLong(digits.text()));
        }
        return member();
    }

    private Term member() {
        Term term = primary();
        while (true) {
            Token here = peek();
            if (take(".")) {
                term = dotted(term, here);
            } else if (take("[")) {
                term = looked(term, here);
            } else {
                return term;
            }
        }
    }

    private Term dotted(Term term, Token dot) {
        Token name = name();
        if (take("(")) {
            if (name.text().equals("size")) {
                demand(")");
                return Relations.size(term, name);
            }
            Term argument = or();
            demand(")");
            return Relations.call(term, name, argument);
        }
        if (!(term instanceof Key)) {
            throw new ConditionRefused(dot.at(), term.type() + " has no member " + name.shown());
        }
        return switch (name.text()) {
            case "id" -> (Text) Subject::keyId;
            case "name" -> (Text) Subject::keyName;
            default ->
                    throw new ConditionRefused(name.at(), "a key has the members 'id' and 'name'");
        };
    }

    private Term looked(Term term, Token bracket) {
        Token name = peek();
        if (!(term instanceof Headers) || name.kind() != Kind.STRING) {
            throw new ConditionRefused(
                    bracket.at(), "only headers are looked up, as in header[\"x-tier\"]");
        }
        next++;
        demand("]");
        if (!headers.contains(name.text())) {
            throw new ConditionRefused(
                    name.at(),
                    "the route does not declare the header '"
                            + name.text()
                            + "'; add it to its headers, in lower case");
        }
        String header = name.text();
        return (Text) subject -> subject.header(header);
    }

    private Term primary() {
        Token token = peek();
        next++;
        return switch (token.kind()) {
            case NUMBER -> number(Long.parseLong(token.text()));
            case STRING -> text(token.text());
            case NAME -> named(token);
            case SYMBOL -> {
                if (token.is("(")) {
                    Term inner = or();
                    demand(")");
                    yield inner;
                }
                if (token.is("[")) {
                    yield list(token);
                }
                throw new ConditionRefused(token.at(), token.shown() + " is not expected here");
            }
            case END -> throw new ConditionRefused(token.at(), "something is missing at the end");
        };
    }

    private Term named(Token name) {
        return switch (name.text()) {
            case "true" -> (Truth) _ -> true;
            case "false" -> (Truth) _ -> false;
            case "key" -> new Key();
            case "header" -> new Headers();
            case "workspace" -> (Text) Subject::workspace;
            case "operation" -> (Text) Subject::operation;
            case "stream" -> (Truth) Subject::stream;
            case "tools" -> (Truth) Subject::tools;
            case "images" -> (Truth) Subject::images;
            case "tokens" -> (Whole) Subject::tokens;
            case "size" -> {
                demand("(");
                Term argument = or();
                demand(")");
                yield Relations.size(argument, name);
            }
            default ->
                    throw new ConditionRefused(
                            name.at(),
                            "there is no "
                                    + name.shown()
                                    + "; there are key.id, key.name, workspace, operation, stream,"
                                    + " tools, images, tokens and header[\"name\"]");
        };
    }

    private Term list(Token bracket) {
        var texts = new ArrayList<String>();
        var numbers = new ArrayList<Long>();
        do {
            boolean negative = take("-");
            Token item = peek();
            next++;
            switch (item.kind()) {
                case STRING -> texts.add(item.text());
                case NUMBER -> {
                    long number = Long.parseLong(item.text());
                    numbers.add(negative ? -number : number);
                }
                default ->
                        throw new ConditionRefused(
                                item.at(), "a list has texts in it, or whole numbers");
            }
            if (negative && item.kind() != Kind.NUMBER || !texts.isEmpty() && !numbers.isEmpty()) {
                throw new ConditionRefused(item.at(), "a list has things of one kind in it");
            }
        } while (take(","));
        demand("]");
        if (texts.isEmpty() && numbers.isEmpty()) {
            throw new ConditionRefused(bracket.at(), "an empty list has nothing in it");
        }
        return texts.isEmpty()
                ? new Wholes(List.copyOf(numbers))
                : new Texts(List.copyOf(texts), Set.copyOf(new HashSet<>(texts)));
    }

    private static Whole number(long value) {
        return _ -> value;
    }

    private static Text text(String value) {
        return _ -> value;
    }

    private static Truth truth(Term term, Token at) {
        if (term instanceof Truth truth) {
            return truth;
        }
        throw new ConditionRefused(at.at(), term.type() + " stands where a condition must");
    }

    private Token peek() {
        return tokens.get(Math.min(next, tokens.size() - 1));
    }

    private boolean take(String symbol) {
        boolean there = peek().is(symbol);
        next += there ? 1 : 0;
        return there;
    }

    private void demand(String symbol) {
        if (!take(symbol)) {
            throw new ConditionRefused(
                    peek().at(), "'" + symbol + "' is missing before " + peek().shown());
        }
    }

    private Token name() {
        Token name = peek();
        if (name.kind() != Kind.NAME) {
            throw new ConditionRefused(name.at(), "a name is missing before " + name.shown());
        }
        next++;
        return name;
    }
}
