package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Nobody looks at what is sensitive unseen, and a screen that polls does not fill the trail. */
class VisitsTest {
    @TempDir private Path folder;
    private TestSite site;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void tellsEachPathThatIsReadAndHowOftenItWasReadAgain() {
        var clock = new HandClock(site.clock.instant());
        var authorisation = new Authorisation(site.transactions, clock);
        var caller = new AdminCaller(new DeviceId(site.ids.next()), "anna", Role.OWNER, "10.0.0.7");
        for (int look = 0; look < 4; look++) {
            authorisation.check(
                    caller, Permission.API_KEYS_READ, "/keys/1", site.ids.nextRequest());
        }
        authorisation.check(caller, Permission.API_KEYS_READ, "/keys/2", site.ids.nextRequest());

        assertThat(site.entries().reversed())
                .filteredOn(entry -> entry.action().equals("data.read"))
                .extracting(entry -> entry.details().get("what"))
                .containsExactly("/keys/1", "/keys/2");
        assertThat(authorisation.readAgain()).isEmpty();
        clock.now = clock.now.plus(Duration.ofMinutes(16));
        assertThat(authorisation.readAgain())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("data.read_again");
                    assertThat(event.target()).isEqualTo("device/" + caller.device());
                    assertThat(event.details())
                            .containsEntry("what", "/keys/1")
                            .containsEntry("count", "3")
                            .containsEntry("permission", "API_KEYS_READ");
                });
        authorisation.check(caller, Permission.API_KEYS_READ, "/keys/2", site.ids.nextRequest());
        authorisation.check(caller, Permission.API_KEYS_READ, "/keys/2", site.ids.nextRequest());
        clock.now = clock.now.plus(Duration.ofMinutes(20));
        authorisation.check(caller, Permission.STATUS_READ, "/status", site.ids.nextRequest());
        assertThat(authorisation.readAgain())
                .as("of the visit that is over")
                .extracting(event -> event.details().get("count"))
                .containsExactly("1");
    }

    private static final class HandClock extends Clock {
        private Instant now;

        HandClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
