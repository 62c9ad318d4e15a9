package com.neuralrouter.server.admin;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds every way into a change of the site in the product's classes: what others may call and
 * takes an {@link Authorised}, or makes an {@link Audited}. This package's own are no changes but
 * the means to make them.
 */
final class ChangingMethods {
    private ChangingMethods() {}

    /** As {@code Class.method}. */
    static Set<String> names() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.neuralrouter.server")
                        .stream()
                        .filter(type -> !type.getPackageName().endsWith(".server.admin"))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(ChangingMethods::othersMayCall)
                        .filter(ChangingMethods::changes)
                        .map(ChangingMethods::name)
                        .collect(Collectors.toSet());
    }

    private static boolean othersMayCall(JavaMethod method) {
        return !method.getModifiers().contains(JavaModifier.PRIVATE)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean changes(JavaMethod method) {
        return method.getRawReturnType().isEquivalentTo(Audited.class)
                || method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Authorised.class));
    }

    private static String name(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return owner.getSimpleName() + "." + method.getName();
    }
}
