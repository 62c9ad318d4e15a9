package com.neuralrouter.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.server.content.Content;
import com.neuralrouter.server.store.Database;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import io.helidon.webserver.http.ServerRequest;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.crypto.Cipher;

/**
 * The walls of the house, rules R1 to R16 of {@code docs/explanation/architecture.md}. The rules
 * themselves are in {@link HouseRules}; each of them is also shown to be able to fail.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private final Repository repository = Repository.find();
    private JavaClasses house;

    @BeforeAll
    void importClasses() {
        house =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.neuralrouter");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(house);
    }

    @ParameterizedTest
    @MethodSource("rulesBrokenBelow")
    void isNoticedWhenBroken(ArchRule rule) {
        JavaClasses broken =
                new ClassFileImporter()
                        .importClasses(Broken.class, Broken.Password.class, Broken.Telling.class);

        assertThatThrownBy(() -> rule.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void knowsARecordThatRedactsFromOneThatDoesNot() {
        assertThat(RedactsToString.printsItsComponents(Broken.Password.class)).isTrue();
        assertThat(RedactsToString.printsItsComponents(CreatedApiKey.class)).isFalse();
    }

    /** R9 and R14 by the text of the imports: the desktop is not on this module's class path. */
    @Test
    void theDesktopSeesOnlyTheContractAndTheCertificatesLibrary() {
        List<String> remarks = new ArrayList<>();
        for (Path file : repository.moduleSources()) {
            if (repository.name(file).startsWith("admin-desktop/src/main/")) {
                remarks.addAll(
                        DesktopImports.remarks(repository.name(file), Repository.read(file)));
            }
        }

        assertThat(remarks).isEmpty();
    }

    @Test
    void noticesADesktopThatReachesTooFar() {
        String viewModel = "admin-desktop/src/main/java/a/KeysViewModel.java";
        String view = "admin-desktop/src/main/java/a/KeysView.java";

        assertThat(DesktopImports.remarks(viewModel, "import com.neuralrouter.server.id.Ids;"))
                .hasSize(1);
        assertThat(DesktopImports.remarks(view, "import com.neuralrouter.certs.ca.Authority;"))
                .hasSize(1);
        assertThat(DesktopImports.remarks(viewModel, "import javafx.scene.Node;")).hasSize(1);
        assertThat(DesktopImports.remarks(view, "import javafx.scene.Node;")).isEmpty();
    }

    static Stream<ArchRule> rules() {
        return HouseRules.all().stream();
    }

    static Stream<ArchRule> rulesBrokenBelow() {
        return Stream.of(
                HouseRules.R3_HELIDON,
                HouseRules.R4_SQL,
                HouseRules.R5_CRYPTOGRAPHY,
                HouseRules.R6_EGRESS,
                HouseRules.R8_TRANSACTIONS,
                HouseRules.R12_FEW_PARAMETERS,
                HouseRules.R12_NO_STATIC_STATE,
                HouseRules.R13_REDACTED,
                HouseRules.R16_CONTENT_STAYS_OUT,
                HouseRules.R16_NOBODY_LOGS_CONTENT);
    }

    /** Breaks the rules that a class can break alone. */
    @SuppressWarnings("unused")
    static final class Broken {
        static int counter;
        private Connection connection;
        private Cipher cipher;
        private HttpClient client;
        private ServerRequest request;

        Broken(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}

        static void writeUnaudited(Database database) {
            database.write(tx -> tx.handle().execute("DELETE FROM audit_entry"));
        }

        record Password(String password) {}

        static void log(Content content) {
            System.getLogger("broken").log(System.Logger.Level.INFO, content.bytes().length);
        }

        /** Carries content out of the house. */
        static final class Telling extends RuntimeException {
            private static final long serialVersionUID = 1;
            private final transient Content content;

            Telling(Content content) {
                this.content = content;
            }
        }
    }
}
