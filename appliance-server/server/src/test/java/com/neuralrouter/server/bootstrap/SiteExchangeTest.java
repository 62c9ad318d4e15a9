package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SiteExchangeTest {
    /** As many moves as there are in a whole exchange. */
    private static final int MOVES = 11;

    @TempDir private Path folder;

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private SiteFolder site(String name, String mark) throws IOException {
        var site = new SiteFolder(folder.resolve(name));
        for (Path file :
                List.of(
                        site.config(),
                        site.vault(),
                        site.store().resolve("site.mv.db"),
                        site.rootCertificate(),
                        site.operatorPassword(),
                        site.journal().resolve("1"))) {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, mark);
        }
        Files.writeString(site.keys().resolve("seal.key"), "seal");
        return site;
    }

    private static void assertIs(SiteFolder site, String mark) {
        assertThat(site.config()).hasContent(mark);
        assertThat(site.vault()).hasContent(mark);
        assertThat(site.store().resolve("site.mv.db")).hasContent(mark);
        assertThat(site.rootCertificate()).hasContent(mark);
        assertThat(site.operatorPassword()).hasContent(mark);
        assertThat(site.keys().resolve("seal.key")).hasContent("seal");
    }

    private SiteFolder aside(int number) {
        return new SiteFolder(folder.resolve("aside-" + number));
    }

    @Test
    void putsTheNewSiteInPlaceAndTheOldOneAside() throws IOException {
        SiteFolder site = site("site", "old");
        var done = new ArrayList<String>();

        boolean wasThere =
                new SiteExchange(
                                site,
                                site("scratch", "new"),
                                aside(0),
                                (from, to) -> {
                                    SiteExchange.atomically(from, to);
                                    done.add(from.getFileName().toString());
                                })
                        .run(() -> done.add("the store"));

        assertThat(wasThere).isTrue();
        assertIs(site, "new");
        assertIs(aside(0), "old");
        assertThat(done).startsWith("appliance.yaml").endsWith("the store", "appliance.yaml");
        assertThat(done).hasSize(MOVES + 1);
    }

    @Test
    void aFolderWithNothingButASealHadNoSite() throws IOException {
        var site = new SiteFolder(folder.resolve("site"));
        Files.createDirectories(site.keys());
        Files.writeString(site.keys().resolve("seal.key"), "seal");

        boolean wasThere =
                new SiteExchange(site, site("scratch", "new"), aside(0), SiteExchange::atomically)
                        .run(() -> {});

        assertThat(wasThere).isFalse();
        assertIs(site, "new");
        assertThat(aside(0).root()).doesNotExist();
    }

    @Test
    void cutOffBeforeAnyMoveItLeavesTheOldSiteOrNoneAndCanBeRunAgain() throws IOException {
        for (int last = 0; last < MOVES; last++) {
            SiteFolder site = site("site-" + last, "old");
            int allowed = last;
            var moves = new int[1];

            assertThatThrownBy(() ->
                            new SiteExchange(
                                            site,
                                            site("scratch-" + allowed, "new"),
                                            aside(2 * allowed),
                                            (from, to) -> {
                                                if (moves[0]++ == allowed) {
                                                    throw new Killed();
                                                }
                                                SiteExchange.atomically(from, to);
                                            })
                                    .run(() -> {}))
                    .isInstanceOf(Killed.class);

            if (last == 0) {
                assertIs(site, "old");
            } else {
                assertThat(site.config()).as("after %d moves", last).doesNotExist();
                assertThat(aside(2 * last).config()).hasContent("old");
            }
            assertThat(site.keys().resolve("seal.key")).hasContent("seal");

            new SiteExchange(
                            site,
                            site("again-" + last, "new"),
                            aside(2 * last + 1),
                            SiteExchange::atomically)
                    .run(() -> {});
            assertIs(site, "new");
        }
    }
}
