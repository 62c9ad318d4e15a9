package com.neuralrouter.server.inference;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.route.RoutePlan;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.helidon.webserver.http.HttpRouting;

import org.junit.jupiter.api.Test;

import java.util.Collection;

/**
 * Plugs the hole "a new endpoint forgets policy": the inference listener has one handler for every
 * path, a path is there by its dialect alone, and each step on the way to a provider takes what
 * only the step before can make, back to the permit that only the engine makes.
 */
class NothingWithoutAPolicyTest {
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("com.neuralrouter.server");

    @Test
    void onlyTheEngineMakesAPermit() {
        noClasses()
                .that()
                .doNotHaveSimpleName("PolicyEngine")
                .should()
                .callConstructorWhere(target(owner(assignableTo(Permit.class))))
                .because("a permit is the proof that policy has decided")
                .check(PRODUCT);
    }

    @Test
    void onlyThePlannerMakesAPlan() {
        noClasses()
                .that()
                .resideOutsideOfPackage("com.neuralrouter.server.route..")
                .should()
                .callConstructorWhere(target(owner(assignableTo(RoutePlan.class))))
                .because("a plan is made for a permit, and leaves out where it does not reach")
                .check(PRODUCT);
    }

    /** A probe has nothing of an app's, and goes where some request could: ProbeResidencyIT. */
    @Test
    void onlyCallsOpenAnAdapter() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Calls")
                .and()
                .doNotHaveSimpleName("AdapterProber")
                .and()
                .areNotAssignableTo(ProviderAdapter.class)
                .should()
                .callMethodWhere(
                        target(owner(assignableTo(ProviderAdapter.class)))
                                .and(target(name("open"))))
                .because("what is sent is an attempt of a plan")
                .check(PRODUCT);
    }

    /** A path of its own beside the one handler could forget what that one does. */
    @Test
    void theInferenceListenerHasOneHandler() {
        noClasses()
                .that()
                .resideInAPackage("com.neuralrouter.server.inference..")
                .should()
                .callMethodWhere(
                        target(owner(assignableTo(HttpRouting.Builder.class)))
                                .and(
                                        target(name("get"))
                                                .or(target(name("post")))
                                                .or(target(name("put")))
                                                .or(target(name("route")))
                                                .or(target(name("register")))))
                .because("every path is served by InferenceEndpoints.serve, and decided there")
                .check(PRODUCT);
    }

    @Test
    void everyPathIsOneOperationThatPoliciesKnow() {
        Collection<Dialect> served = Dialects.all().list();

        assertThat(served).extracting(Dialect::operation).containsOnly(Operation.values());
        assertThat(served).extracting(Dialect::path).doesNotHaveDuplicates();
    }
}
