package com.neuralrouter.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.content.Content;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.store.Database;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.lang.reflect.Modifier;
import java.net.Socket;
import java.util.List;
import java.util.function.Function;

/**
 * What may depend on what. The numbers are those of {@code docs/explanation/architecture.md}; each
 * rule says why it is there.
 */
final class HouseRules {
    private static final String SERVER = "com.neuralrouter.server.";

    static final ArchRule R1_CONTRACT =
            classes()
                    .that()
                    .resideInAPackage("com.neuralrouter.contract..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "com.neuralrouter.contract..",
                            "org.jspecify.annotations..",
                            "com.fasterxml.jackson.annotation..")
                    .because("R1: the contract is a promise, not an implementation");

    static final ArchRule R1_TLOG =
            classes()
                    .that()
                    .resideInAPackage("com.neuralrouter.tlog..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..", "com.neuralrouter.tlog..", "org.jspecify.annotations..")
                    .because("R1: public formats, to be read and checked without the rest");

    static final ArchRule R2_NO_CYCLES =
            slices().matching(SERVER + "(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("R2: each room can be read alone");

    static final ArchRule R3_HELIDON =
            noClasses()
                    .that(areOfTheServer())
                    .and(areOutside("listener", "bootstrap", "inference"))
                    .and(areNotNamed("\\w+Endpoints", "AdminHttp\\w*"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.helidon..")
                    .because("R3: the core is testable without a server");

    static final ArchRule R4_SQL =
            noClasses()
                    .that(areOfTheServer())
                    .and(areOutside("store", "audit", "admin"))
                    .and(areNotNamed("\\w+Store"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.h2..")
                    .because("R4: a table is known by one class");

    static final ArchRule R5_CRYPTOGRAPHY =
            noClasses()
                    .that(areOfTheServer())
                    .and(
                            areOutside(
                                    "secret",
                                    "provider",
                                    "listener",
                                    "cli",
                                    "bootstrap",
                                    // RFC 3161's tokens are signed CMS.
                                    "audit.timestamp"))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("javax.crypto..", "org.bouncycastle..")
                                    .or(areNamed("java.security.KeyStore")))
                    .because("R5: there is one place to review cryptography");

    static final ArchRule R6_EGRESS =
            noClasses()
                    .that(areOfTheServer())
                    // The audit log's copies go to receivers that the configuration names, and a
                    // witness looks at the logs of the sites that it was let into; a timestamp
                    // authority is asked for the log's.
                    .and(
                            areOutside(
                                    "provider",
                                    "cli",
                                    "audit.forward",
                                    "audit.peer",
                                    "audit.timestamp"))
                    // An SSLContextSpi must name the type; the listeners' opens no socket.
                    .and(not(areNamed(SERVER + "listener.ListenerTls$Switching")))
                    // The one seal whose key is another server's; it names that server itself.
                    .and(not(areNamed(SERVER + "secret.seal.TransitClient")))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.net.http..", "io.helidon.webclient..")
                                    .or(
                                            areNamed(
                                                    "java.net.URLConnection",
                                                    "java.net.HttpURLConnection",
                                                    "javax.net.ssl.SSLSocketFactory",
                                                    "javax.net.SocketFactory")))
                    .orShould()
                    .callConstructor(Socket.class)
                    .because("R6: what leaves the box is an audited list");

    static final ArchRule R7_ADAPTERS_ALONE =
            slices().matching(SERVER + "provider.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            DescribedPredicate.alwaysTrue(),
                            resideInAPackage(SERVER + "provider.http.."))
                    .because("R7: adding an adapter cannot break another")
                    .allowEmptyShould(true);

    static final ArchRule R7_ADAPTERS_UNNAMED =
            noClasses()
                    .that(areOfTheServer())
                    .and(areOutside("provider", "bootstrap"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SERVER + "provider.*..")
                    .because("R7: only the composition root names an adapter");

    static final ArchRule R8_TRANSACTIONS =
            noClasses()
                    .that(areOfTheServer())
                    // A backup reads all tables in one state; it writes to stores that no site has
                    // yet.
                    // What is kept of requests is a trace of theirs, as the records in usage are.
                    .and(areOutside("store", "admin", "audit", "usage", "content", "backup"))
                    .should()
                    .callMethod(Database.class, "read", Function.class)
                    .orShould()
                    .callMethod(Database.class, "write", Function.class)
                    .orShould()
                    .callMethod(Database.class, "writeAlone", List.class, Function.class)
                    .because("R8: nothing is written without its audit entry");

    static final ArchRule R12_FEW_PARAMETERS =
            constructors()
                    .that()
                    .areDeclaredInClassesThat()
                    .areNotRecords()
                    .should(haveAtMostEightParameters())
                    .because("R12: whoever needs more than eight things has more than one duty");

    static final ArchRule R12_NO_STATIC_STATE =
            fields().that()
                    .areStatic()
                    .should()
                    .beFinal()
                    .because(
                            "R12: the wiring is visible in one file, and two appliances fit a JVM");

    static final ArchRule R13_REDACTED =
            classes()
                    .that()
                    .areRecords()
                    .should(new RedactsToString())
                    .because("R13: what is printed ends in a log");

    static final ArchRule R16_CONTENT_STAYS_OUT =
            noClasses()
                    .that(areOfTheServer())
                    .and(
                            not(areOutside("audit", "usage", "incident", "admin", "explain"))
                                    .or(areThrown()))
                    .should()
                    .dependOnClassesThat(carryContent())
                    .because(
                            "R16: what an audit entry, a record or an exception can't name, it"
                                    + " can't tell");

    static final ArchRule R16_NOBODY_LOGS_CONTENT =
            noClasses()
                    .that(openContent())
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(System.Logger.class)
                    .because("R16: who has content in hand has no logger in the other");

    private HouseRules() {}

    static List<ArchRule> all() {
        return List.of(
                R1_CONTRACT,
                R1_TLOG,
                R2_NO_CYCLES,
                R3_HELIDON,
                R4_SQL,
                R5_CRYPTOGRAPHY,
                R6_EGRESS,
                R7_ADAPTERS_ALONE,
                R7_ADAPTERS_UNNAMED,
                R8_TRANSACTIONS,
                R12_FEW_PARAMETERS,
                R12_NO_STATIC_STATE,
                R13_REDACTED,
                R16_CONTENT_STAYS_OUT,
                R16_NOBODY_LOGS_CONTENT);
    }

    private static DescribedPredicate<JavaClass> areThrown() {
        return describe("are thrown", type -> type.isAssignableTo(Throwable.class));
    }

    /** The types in which prompts and answers are passed on. */
    private static DescribedPredicate<JavaClass> carryContent() {
        List<Class<?>> types =
                List.of(
                        Content.class,
                        Conversation.class,
                        InferenceRequest.class,
                        Part.class,
                        Payload.class,
                        ReplyEvent.class,
                        Turn.class);
        return describe(
                "carry content",
                type -> types.stream().anyMatch(each -> type.isAssignableTo(each)));
    }

    private static DescribedPredicate<JavaClass> openContent() {
        return describe(
                "open content",
                type ->
                        type.getMethodCallsFromSelf().stream()
                                .anyMatch(call ->
                                        call.getTargetOwner().isEquivalentTo(Content.class)
                                                && call.getName().equals("bytes")));
    }

    private static DescribedPredicate<JavaClass> areOfTheServer() {
        return resideInAnyPackage("com.neuralrouter.server..");
    }

    private static DescribedPredicate<JavaClass> areOutside(String... rooms) {
        return describe(
                "are outside " + String.join(", ", rooms),
                type -> {
                    for (String room : rooms) {
                        String name = SERVER + room;
                        if (type.getPackageName().equals(name)
                                || type.getPackageName().startsWith(name + ".")) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** A nested class goes by the name of the file it is in. */
    private static DescribedPredicate<JavaClass> areNotNamed(String... patterns) {
        return describe(
                "are not named " + String.join(", ", patterns),
                type -> {
                    String inPackage = type.getName().substring(type.getPackageName().length() + 1);
                    String file = inPackage.split("\\$", 2)[0];
                    return List.of(patterns).stream().noneMatch(file::matches);
                });
    }

    private static DescribedPredicate<JavaClass> areNamed(String... names) {
        return describe(
                "are " + String.join(", ", names), type -> List.of(names).contains(type.getName()));
    }

    private static ArchCondition<JavaConstructor> haveAtMostEightParameters() {
        return new ArchCondition<>("have at most eight parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                int declared = constructor.getRawParameterTypes().size() - impliedBy(constructor);
                if (declared > 8) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    constructor, constructor.getFullName() + " takes " + declared));
                }
            }
        };
    }

    /** An enum's constant brings its name and ordinal, an inner class the object around it. */
    private static int impliedBy(JavaConstructor constructor) {
        if (constructor.getOwner().isEnum()) {
            return 2;
        }
        boolean inner =
                constructor.getOwner().isInnerClass()
                        && !Modifier.isStatic(constructor.getOwner().reflect().getModifiers());
        return inner ? 1 : 0;
    }
}
