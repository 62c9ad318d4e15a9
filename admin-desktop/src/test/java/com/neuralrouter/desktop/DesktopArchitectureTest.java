package com.neuralrouter.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/**
 * The walls inside the desktop: rules R9, R11 and R14 of the house, and where time may come from.
 */
class DesktopArchitectureTest {
    private static final JavaClasses DESKTOP =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("com.neuralrouter.desktop");

    @Test
    void viewModelsStandWithoutAWindow() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
                .because("they are tested without a toolkit (R14)")
                .check(DESKTOP);
    }

    @Test
    void clientAndTasksStandWithoutAWindow() {
        noClasses()
                .that()
                .resideInAPackage("..desktop.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx..")
                .because("the client is no part of the window (R14)")
                .check(DESKTOP);
        noClasses()
                .that()
                .resideInAPackage("..desktop.task..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
                .because("view models are made of it (R14)")
                .check(DESKTOP);
    }

    @Test
    void viewsAskTheirViewModels() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("View")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Client")
                .because("a view decides nothing and calls nobody (R14)")
                .check(DESKTOP);
    }

    @Test
    void theDesktopCannotSign() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.neuralrouter.certs.ca..", "com.neuralrouter.server..")
                .because("a certificate is issued by the appliance only (R9)")
                .check(DESKTOP);
    }

    @Test
    void onlyTheCompositionRootKnowsTheScreens() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..desktop.ui..",
                        "..desktop.shell..",
                        "..desktop.task..",
                        "..desktop.client..",
                        "..desktop.i18n..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..desktop.overview..", "..desktop.workspaces..")
                .check(DESKTOP);
        slices().matching("com.neuralrouter.desktop.(*)..")
                .should()
                .beFreeOfCycles()
                .check(DESKTOP);
    }

    @Test
    void timeComesFromAClockAndNamesTellADuty() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(DESKTOP);
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Info|Data)$")
                .because("a name must say its duty (R11)")
                .check(DESKTOP);
    }
}
