package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** A record comes from a file that somebody may have edited. */
class SealRecordTest {
    @Test
    void hasWhatItsKindHasAndNothingElse() {
        assertThatThrownBy(() -> new SealRecord(SealKind.KEY_FILE, Map.of("file", "a")))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("[file]");
        assertThatThrownBy(() ->
                        new SealRecord(
                                SealKind.KEY_FILE,
                                Map.of("file", "a", "check", "00", "pin", "1234")))
                .isInstanceOf(SealRefused.class)
                .hasMessageNotContaining("1234");
    }

    @Test
    void refusesEmptyLongAndUnprintableValues() {
        for (String value : new String[] {"", "x".repeat(1025), "a\nb", "a\u0000b"}) {
            assertThatThrownBy(() ->
                            new SealRecord(SealKind.KEY_FILE, Map.of("file", value, "check", "00")))
                    .isInstanceOf(SealRefused.class);
        }
    }

    @Test
    void keepsItsParametersInOneOrder() {
        SealRecord record = new SealRecord(SealKind.KEY_FILE, Map.of("file", "a", "check", "00"));

        assertThat(record.parameters().keySet()).containsExactly("check", "file");
        assertThatThrownBy(() -> record.parameters().put("file", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void everyKindIsFoundByItsText() {
        for (SealKind kind : SealKind.values()) {
            assertThat(SealKind.of(kind.text())).contains(kind);
        }
        assertThat(SealKind.of("KEY_FILE")).isEmpty();
    }
}
