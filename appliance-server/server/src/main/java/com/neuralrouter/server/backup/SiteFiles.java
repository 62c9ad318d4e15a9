package com.neuralrouter.server.backup;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of a site's files belong to it beside the store: its configuration, its certificates and
 * the operator's key store; from a backup also the audit log, whose files {@link Dump} takes as far
 * as they are durable. Not the vault, which travels with the keys, and not the journal: what it
 * holds is in the store seconds later.
 */
final class SiteFiles {
    private static final String CONFIG = "appliance.yaml";
    private static final List<String> FOLDERS = List.of("admin", "certs");
    private static final Pattern NAME =
            Pattern.compile(
                    "appliance\\.yaml|(admin|certs)/[A-Za-z0-9][A-Za-z0-9._-]{0,100}"
                            + "|audit/(checkpoint|entries/[0-9]{20}\\.log)");

    private SiteFiles() {}

    /** The files by the names that they have in a backup. */
    static Map<String, Path> of(Path site) throws IOException {
        var found = new LinkedHashMap<String, Path>();
        if (Files.isRegularFile(site.resolve(CONFIG))) {
            found.put(CONFIG, site.resolve(CONFIG));
        }
        for (String folder : FOLDERS) {
            if (!Files.isDirectory(site.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.list(site.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = folder + "/" + file.getFileName();
                    if (NAME.matcher(name).matches()
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        found.put(name, file);
                    }
                }
            }
        }
        return found;
    }

    /** Writes a file of a backup below the folder, for its owner alone. */
    static void write(Path folder, String name, InputStream content) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new Content.Unsound("it holds a file that belongs to no site");
        }
        Path file = folder.resolve(name);
        PrivateFile.folder(file.resolveSibling(""));
        PrivateFile.create(file, content.readAllBytes());
    }
}
