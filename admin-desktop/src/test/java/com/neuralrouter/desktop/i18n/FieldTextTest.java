package com.neuralrouter.desktop.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class FieldTextTest {
    private static final Messages ENGLISH = new Messages(Locale.ENGLISH);
    private static final Messages GERMAN = new Messages(Locale.GERMAN);

    @Test
    void saysNumbersAsTheReaderWritesThem() {
        said(
                "maxOutputTokens",
                null,
                4000,
                "Output tokens at most: no rule → 4,000",
                "Ausgabe-Token höchstens: keine Regel → 4.000");
        said(
                "service.sla.errorPercent",
                99.5,
                null,
                "Promise: errors at most: 99.5 % → not declared",
                "Zusage: Fehler höchstens: 99,5 % → nicht angegeben");
        said(
                "service.queueMillis",
                500,
                2000,
                "Wait for a place at most: 500 ms → 2,000 ms",
                "Warten auf einen Platz höchstens: 500 ms → 2.000 ms");
        said("tests", null, 2, "Tests of its own: None → 2 tests", "Eigene Tests: Keine → 2 Tests");
    }

    @Test
    void saysWhatIsOneOfAFew() {
        said(
                "noTraining",
                false,
                true,
                "Only providers that do not train: no → yes",
                "Nur Anbieter, die nicht trainieren: nein → ja");
        said(
                "keepContentFor",
                "zero",
                "30d",
                "Keep prompts and answers here for: not at all → 30 days",
                "Anfragen und Antworten hier behalten für: gar nicht → 30 Tage");
        said(
                "maxClassification",
                "internal",
                "secret",
                "Classification at most: internal → secret",
                "Einstufung höchstens: intern → secret");
        said(
                "authentication",
                "none",
                "bearer",
                "Credential: none → API key (bearer)",
                "Zugangsdaten: keine → API-Schlüssel (Bearer)");
    }

    @Test
    void saysListsAndWhatLiesDeeper() {
        said(
                "allowedModels",
                List.of("a", "b"),
                List.of(),
                "Models allowed: a, b → none at all",
                "Erlaubte Modelle: a, b → gar nichts");
        said(
                "classifiedJurisdictions",
                null,
                Map.of("confidential", List.of("DE", "on-prem")),
                "Jurisdictions by classification: no rule → confidential: DE, on-prem",
                "Rechtsräume nach Einstufung: keine Regel → vertraulich: DE, on-prem");
        said(
                "hours",
                hours(List.of("fri", "mon", "thu", "tue", "wed")),
                hours(List.of("mon", "sat")),
                "Hours: Mon–Fri 08:00–18:00 (Europe/Berlin)"
                        + " → Mon, Sat 08:00–18:00 (Europe/Berlin)",
                "Zeiten: Mo–Fr 08:00–18:00 (Europe/Berlin)"
                        + " → Mo, Sa 08:00–18:00 (Europe/Berlin)");
        said(
                "hours",
                hours(null),
                null,
                "Hours: every day 08:00–18:00 (Europe/Berlin) → no rule",
                "Zeiten: täglich 08:00–18:00 (Europe/Berlin) → keine Regel");
    }

    @Test
    void saysThatSomethingChangedWhoseValueIsNotShown() {
        said(
                "trustedCertificates",
                null,
                null,
                "Trusted CA certificates: changed, not shown here",
                "Vertraute CA-Zertifikate: geändert, hier nicht gezeigt");
    }

    /** A newer appliance has rules of which we know nothing, an older one tells no fields. */
    @Test
    void keepsTheAppliancesWordsForWhatItDoesNotKnow() {
        said(
                "maxDreams",
                Map.of("perNight", 3),
                true,
                "maxDreams: perNight: 3 → yes",
                "maxDreams: perNight: 3 → ja");
        assertThat(FieldText.lines(List.of(), List.of("maxDreams: 1 → 2"), GERMAN))
                .containsExactly("maxDreams: 1 → 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void hasAWordForEveryFieldThatThereIs(String language) {
        var messages = new Messages(Locale.of(language));

        assertThat(fields())
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        field -> assertThat(FieldText.name(field, messages)).isNotEqualTo(field));
    }

    private static List<String> fields() {
        return Stream.of(
                        names("", PolicyDocument.class),
                        names("", ProviderDocument.class),
                        names("", ApprovalRules.class),
                        names("service.", ServiceDocument.class),
                        names("service.sla.", SlaDocument.class),
                        names("service.probe.", ProbeDocument.class))
                .flatMap(each -> each)
                // Whose it is, and what lies deeper.
                .filter(field ->
                        !Set.of("name", "service", "service.sla", "service.probe").contains(field))
                .toList();
    }

    private static Stream<String> names(String before, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> before + name);
    }

    private static Map<String, Object> hours(@Nullable List<String> days) {
        Map<String, Object> window =
                days == null
                        ? Map.of("from", "08:00", "to", "18:00")
                        : Map.of("days", days, "from", "08:00", "to", "18:00");
        return Map.of("zone", "Europe/Berlin", "windows", List.of(window));
    }

    private static void said(
            String field,
            @Nullable Object before,
            @Nullable Object after,
            String english,
            String german) {
        var changed = List.of(new ChangedField(field, before, after));
        assertThat(FieldText.lines(changed, List.of(), ENGLISH)).containsExactly(english);
        assertThat(FieldText.lines(changed, List.of(), GERMAN)).containsExactly(german);
    }
}
