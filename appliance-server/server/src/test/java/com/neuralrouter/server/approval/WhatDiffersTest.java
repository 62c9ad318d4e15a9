package com.neuralrouter.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ChangedField;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class WhatDiffersTest {
    @Test
    void keepsFieldsWithTheirValues() {
        var fields =
                List.of(
                        new ChangedField("allowedModels", List.of("llama"), List.of()),
                        new ChangedField("maxOutputTokens", null, 50),
                        new ChangedField("maxInputTokens", 5_000_000_000L, null),
                        new ChangedField("noTraining", true, false),
                        new ChangedField("maxRetention", "30d", "a\nb"),
                        new ChangedField("hours", Map.of("zone", "Europe/Berlin"), null),
                        new ChangedField("trustedCertificates", null, null));

        var kept = WhatDiffers.read(WhatDiffers.of(fields).kept());

        assertThat(kept.fields()).isEqualTo(fields);
        assertThat(kept.words())
                .containsExactly(
                        "allowedModels: [llama] → (none)",
                        "maxOutputTokens: none → 50",
                        "maxInputTokens: 5000000000 → none",
                        "noTraining: true → false",
                        "maxRetention: 30d → a b",
                        "hours: {zone=Europe/Berlin} → none",
                        "trustedCertificates");
    }

    @Test
    void keepsWordsThatAreNoFields() {
        var said = WhatDiffers.said("deletes the workspace\nresearch");
        var both = new WhatDiffers(List.of("a new one"), List.of(new ChangedField("k", null, "v")));

        assertThat(said.kept()).isEqualTo("deletes the workspace research");
        assertThat(WhatDiffers.read(said.kept())).isEqualTo(said);
        assertThat(WhatDiffers.read(both.kept())).isEqualTo(both);
    }

    @Test
    void readsRowsFromBeforeThereWereFields() {
        var old = WhatDiffers.read("maxOutputTokens: none → 50\nnoTraining: none → true");

        assertThat(old.words())
                .containsExactly("maxOutputTokens: none → 50", "noTraining: none → true");
        assertThat(old.fields()).isEmpty();
        assertThat(WhatDiffers.read("").isEmpty()).isTrue();
    }
}
