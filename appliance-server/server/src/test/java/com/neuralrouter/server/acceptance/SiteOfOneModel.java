package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** A running site with one model, whose provider says good morning: what a test of an SDK needs. */
abstract class SiteOfOneModel {
    static final String MODEL = "small-chat";

    @TempDir private static Path folder;
    static RunningSite site;
    static FakeUpstream upstream;
    static String key;

    @BeforeAll
    static void start() throws IOException {
        upstream = FakeUpstream.start();
        site = RunningSite.start(folder.resolve("site"));
        key = site.openFor(MODEL, upstream);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
        upstream.close();
    }

    @BeforeEach
    void answer() {
        upstream.always(Completions.asAsked(MODEL, "Good ", "morning", "."));
    }
}
