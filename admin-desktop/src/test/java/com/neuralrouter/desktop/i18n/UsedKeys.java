package com.neuralrouter.desktop.i18n;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Reads from sources which keys of {@link Messages} they ask for: what is given to {@code text}, by
 * itself or behind the prefix that a view's own {@code text} puts before it, to notices, fields and
 * commands; and in what shows nothing itself, as view models, every constant that looks like a key.
 */
final class UsedKeys extends TreeScanner<Void, Void> {
    /** Stands at the end of a key whose rest is put together while the program runs. */
    static final String OPEN = "*";

    private static final Set<String> NOTICES = Set.of("success", "info", "warning", "failure");

    private final Pattern key;
    private final TreeMap<String, String> found = new TreeMap<>();
    private final Deque<String> prefixes = new ArrayDeque<>();
    private String file = "";
    private boolean showsNothing;

    /**
     * @param bundles with one of which each key begins
     */
    UsedKeys(Set<String> bundles) {
        key = Pattern.compile("(" + String.join("|", bundles) + ")(\\.[a-z0-9_]+)+\\.?");
    }

    /** The keys, each with a file that asks for it. */
    TreeMap<String, String> in(List<? extends JavaFileObject> sources) throws IOException {
        var task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(null, null, null, List.of("-proc:none"), null, sources);
        for (CompilationUnitTree unit : task.parse()) {
            file = unit.getSourceFile().getName();
            showsNothing =
                    unit.getImports().stream()
                                    .noneMatch(each -> each.toString().contains("javafx.scene"))
                            && !file.endsWith("View.java");
            scan(unit, null);
        }
        return found;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
        var own = type.getMembers().stream().map(UsedKeys::prefix).filter(each -> !each.isEmpty());
        prefixes.push(own.findFirst().orElse(prefixes.isEmpty() ? "" : prefixes.peek()));
        super.visitClass(type, none);
        prefixes.pop();
        return null;
    }

    /** What a method {@code text} puts before the key that it is given; empty if it is none. */
    private static String prefix(Tree member) {
        return member instanceof MethodTree method
                        && method.getName().contentEquals("text")
                        && method.getBody() != null
                        && !method.getBody().getStatements().isEmpty()
                        && method.getBody().getStatements().getLast() instanceof ReturnTree end
                        && end.getExpression() instanceof MethodInvocationTree call
                        && !call.getArguments().isEmpty()
                        && call.getArguments().getFirst() instanceof BinaryTree sum
                        && sum.getLeftOperand() instanceof LiteralTree literal
                ? String.valueOf(literal.getValue())
                : "";
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
        List<? extends ExpressionTree> given = call.getArguments();
        if (!given.isEmpty()) {
            ExpressionTree first = given.getFirst();
            switch (call.getMethodSelect()) {
                case IdentifierTree own when own.getName().contentEquals("text") -> {
                    if (!prefixes.peek().isEmpty()) {
                        add(prefixes.peek(), first);
                    }
                }
                case MemberSelectTree of -> of(of, given);
                default -> {}
            }
        }
        return super.visitMethodInvocation(call, none);
    }

    private void of(MemberSelectTree method, List<? extends ExpressionTree> given) {
        var name = method.getIdentifier().toString();
        var receiver = method.getExpression().toString();
        ExpressionTree first = given.getFirst();
        if (name.equals("text") || NOTICES.contains(name) && receiver.contains("notices")) {
            add("", first);
        } else if (name.equals("checked") && given.size() == 4) {
            add("", given.get(1));
            possible(given.get(1)).forEach(each -> found.put(each + ".hint", file));
        } else if (name.equals("of") && receiver.equals("Optional")) {
            possible(first).stream()
                    .filter(each -> key.matcher(each).matches())
                    .forEach(each -> found.put(each, file));
        }
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void none) {
        if (made.getIdentifier().toString().equals("UiCommand")) {
            add("", made.getArguments().get(1));
        }
        return super.visitNewClass(made, none);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void none) {
        if (showsNothing
                && literal.getValue() instanceof String text
                && key.matcher(text).matches()) {
            found.put(text.endsWith(".") ? text + OPEN : text, file);
        }
        return null;
    }

    private void add(String prefix, ExpressionTree expression) {
        for (String each : possible(expression)) {
            if (!each.equals(OPEN)) {
                found.put(prefix + each, file);
            }
        }
    }

    private static Set<String> possible(ExpressionTree expression) {
        return switch (expression) {
            case LiteralTree literal -> Set.of(String.valueOf(literal.getValue()));
            case ParenthesizedTree inner -> possible(inner.getExpression());
            case ConditionalExpressionTree either -> {
                var all = new HashSet<>(possible(either.getTrueExpression()));
                all.addAll(possible(either.getFalseExpression()));
                yield all;
            }
            case BinaryTree sum -> {
                var all = new HashSet<String>();
                for (String left : possible(sum.getLeftOperand())) {
                    for (String right : possible(sum.getRightOperand())) {
                        all.add(left.endsWith(OPEN) ? left : left + right);
                    }
                }
                yield all;
            }
            default -> Set.of(OPEN);
        };
    }
}
