package com.neuralrouter.server.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A record with a component that can hold a secret or content must write its own {@code toString}.
 * The one that the compiler makes prints every component; it is known by the call of {@link
 * java.lang.runtime.ObjectMethods} in its code.
 */
final class RedactsToString extends ArchCondition<JavaClass> {
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i).*(secret|password|passphrase|token|authorization|prompt|completion|body"
                        + "|content|privateKey|rootKey|keyBytes|reference|nonce|ciphertext|code)");

    /** Shown as a number, a name or {@code [B@1f}, a value of other types gives nothing away. */
    private static final Set<Class<?>> PRINTABLE =
            Set.of(String.class, CharSequence.class, StringBuilder.class);

    RedactsToString() {
        super("redact what can hold a secret in toString");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Class<?> record = type.reflect();
        for (RecordComponent component : record.getRecordComponents()) {
            if (PRINTABLE.contains(component.getType())
                    && SECRET.matcher(component.getName()).matches()
                    && printsItsComponents(record)) {
                events.add(
                        SimpleConditionEvent.violated(
                                type, type.getName() + " prints " + component.getName()));
            }
        }
    }

    /** Whether {@code toString} is the one that the compiler makes for a record. */
    static boolean printsItsComponents(Class<?> record) {
        String file = record.getName().substring(record.getPackageName().length() + 1) + ".class";
        try (InputStream in = record.getResourceAsStream(file)) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .filter(method -> method.methodName().equalsString("toString"))
                    .filter(method -> method.methodTypeSymbol().parameterCount() == 0)
                    .anyMatch(RedactsToString::isMadeByTheCompiler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMadeByTheCompiler(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementList().stream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(InvokeDynamicInstruction.class::cast)
                .map(call -> call.invokedynamic().bootstrap().bootstrapMethod().reference())
                .anyMatch(bootstrap ->
                        bootstrap
                                .owner()
                                .asInternalName()
                                .equals("java/lang/runtime/ObjectMethods"));
    }
}
