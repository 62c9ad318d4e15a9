package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

class LeavesTest {
    private static final DateTimeFormatter FORMATTER =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Test
    void writesATimeAsItsFormatterWould() {
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            Instant time =
                    Instant.ofEpochSecond(
                            random.nextLong(first, last + 1), random.nextInt(1_000_000_000));

            assertThat(Leaves.text(time)).isEqualTo(FORMATTER.format(time));
        }
    }

    @Test
    void writesNoTimeThatItsFormHasNoRoomFor() {
        assertThatThrownBy(() -> Leaves.text(Instant.parse("+10000-01-01T00:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
