package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.contract.BackupDrill;
import com.neuralrouter.server.bootstrap.SiteFolder;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The report of a drill as a file of the site: the same facts as the audit trail's, whether a
 * server runs or not.
 *
 * @param at when it ended
 */
record DrillReport(Instant at, BackupDrill drill) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Writes it and says where. */
    static Path write(SiteFolder site, BackupDrill drill, Instant at) {
        Path folder = site.root().resolve("drills");
        PrivateFile.folder(folder);
        Path file = folder.resolve("drill-" + TIME.format(at) + ".json");
        PrivateFile.create(file, JSON.writeValueAsBytes(new DrillReport(at, drill)));
        return file;
    }
}
