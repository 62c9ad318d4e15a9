package com.neuralrouter.server.route.condition;

import com.neuralrouter.server.route.condition.Term.Text;
import com.neuralrouter.server.route.condition.Term.Texts;
import com.neuralrouter.server.route.condition.Term.Truth;
import com.neuralrouter.server.route.condition.Term.Whole;
import com.neuralrouter.server.route.condition.Term.Wholes;

import java.util.Set;

/** The operators and functions of conditions, for the types that they are there for. */
final class Relations {
    private Relations() {}

    static Truth compare(Term left, Term right, Token relation) {
        if (left instanceof Whole one && right instanceof Whole other) {
            return numbers(one, other, relation.text());
        }
        boolean equal = relation.text().equals("==");
        if (equal || relation.text().equals("!=")) {
            if (left instanceof Text one && right instanceof Text other) {
                return subject -> one.of(subject).equals(other.of(subject)) == equal;
            }
            if (left instanceof Truth one && right instanceof Truth other) {
                return subject -> one.of(subject) == other.of(subject) == equal;
            }
        }
        throw new ConditionRefused(
                relation.at(),
                relation.shown() + " can't stand between " + left.type() + " and " + right.type());
    }

    private static Truth numbers(Whole one, Whole other, String relation) {
        return switch (relation) {
            case "==" -> subject -> one.of(subject) == other.of(subject);
            case "!=" -> subject -> one.of(subject) != other.of(subject);
            case "<" -> subject -> one.of(subject) < other.of(subject);
            case "<=" -> subject -> one.of(subject) <= other.of(subject);
            case ">" -> subject -> one.of(subject) > other.of(subject);
            case ">=" -> subject -> one.of(subject) >= other.of(subject);
            default -> throw new IllegalStateException("no relation " + relation);
        };
    }

    static Truth in(Term item, Term list, Token in) {
        if (item instanceof Text text && list instanceof Texts texts) {
            Set<String> all = texts.distinct();
            return subject -> all.contains(text.of(subject));
        }
        if (item instanceof Whole number && list instanceof Wholes numbers) {
            Set<Long> all = Set.copyOf(numbers.all());
            return subject -> all.contains(number.of(subject));
        }
        throw new ConditionRefused(
                in.at(), "'in' can't stand between " + item.type() + " and " + list.type());
    }

    /** Of a text in code points, as CEL counts. */
    static Whole size(Term of, Token at) {
        return switch (of) {
            case Text text -> subject -> codePoints(text.of(subject));
            case Texts texts -> {
                long size = texts.all().size();
                yield _ -> size;
            }
            case Wholes numbers -> {
                long size = numbers.all().size();
                yield _ -> size;
            }
            case Truth _, Whole _, Term.Headers _, Term.Key _ ->
                    throw new ConditionRefused(at.at(), of.type() + " has no size");
        };
    }

    private static long codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    static Truth call(Term on, Token function, Term argument) {
        if (!(on instanceof Text text) || !(argument instanceof Text part)) {
            throw new ConditionRefused(
                    function.at(), function.shown() + " is for a text, and takes a text");
        }
        return switch (function.text()) {
            case "startsWith" -> subject -> text.of(subject).startsWith(part.of(subject));
            case "endsWith" -> subject -> text.of(subject).endsWith(part.of(subject));
            case "contains" -> subject -> text.of(subject).contains(part.of(subject));
            default ->
                    throw new ConditionRefused(
                            function.at(),
                            "there is no function "
                                    + function.shown()
                                    + "; there are startsWith, endsWith, contains and size");
        };
    }
}
