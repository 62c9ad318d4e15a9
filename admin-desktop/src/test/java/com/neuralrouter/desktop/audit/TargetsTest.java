package com.neuralrouter.desktop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.i18n.Messages;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.Map;

class TargetsTest {
    private static final String ID = "0199c5a2-1111-7000-8000-0000009f3c21";

    @Test
    void namesWhatTheEntryHasANameOf() {
        assertThat(shown("api_key/" + ID, Map.of("name", "batch"))).isEqualTo("api_key/batch");
        assertThat(shown("api_key/" + ID, Map.of("apiKey", "batch"))).isEqualTo("api_key/batch");
        assertThat(shown("credential/" + ID, Map.of("provider", "eu", "name", "x")))
                .isEqualTo("credential/eu");
        assertThat(shown("approval/" + ID, Map.of("subject", "policy of the site")))
                .isEqualTo("approval/policy of the site");
        var facts = Map.of("subject", "policy of the site", "kind", "POLICY", "level", "SITE");
        assertThat(shown("approval/" + ID, facts)).isEqualTo("approval/Richtlinie des Standorts");
        assertThat(shown("workspace/" + ID, Map.of("state", "SUSPENDED")))
                .isEqualTo("workspace/research");
    }

    @Test
    void leavesOfAnIdWhatTellsItFromOthers() {
        assertThat(shown("device/" + ID, Map.of())).isEqualTo("device/0199c5a2…9f3c21");
        assertThat(shown("site/policy", Map.of())).isEqualTo("site/policy");
        assertThat(shown("appliance", Map.of("name", "x"))).isEqualTo("appliance");
    }

    @Test
    void tellsANameOnce() {
        var entry = entry("api_key/" + ID, Map.of("name", "batch", "apiKey", "other"));

        assertThat(Targets.name(entry, new Messages(Locale.GERMAN))).hasValue("batch");
        assertThat(Targets.isName(entry, "name")).isTrue();
        assertThat(Targets.isName(entry, "apiKey")).isFalse();
    }

    private static String shown(String target, Map<String, String> details) {
        return Targets.shown(entry(target, details), new Messages(Locale.GERMAN));
    }

    private static AuditEntry entry(String target, Map<String, String> details) {
        return new AuditEntry(
                1,
                Samples.NOW,
                new AuditEntry.Actor("system", "appliance", "appliance", null),
                "a.b",
                target,
                target.startsWith("workspace/") ? "research" : null,
                AuditEntry.Outcome.DONE,
                ID,
                details);
    }
}
