package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.debian.DebianPackages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * SoftHSM2 with fresh tokens, once for each test JVM: the library reads its folder when it is first
 * loaded, so that all tokens are made before. Debian's packages are taken where they are installed,
 * and else fetched with apt-get and unpacked into the module's target folder, without root's rights
 * and without apt's lists. Its configuration is where {@code SOFTHSM2_CONF} says, which the build
 * sets for the test JVM.
 */
final class SoftHsm {
    static final String PIN = "480921";

    /** A token that a test may destroy. */
    static final String REMOVABLE = "removable";

    static final String SITE = "site";
    static final String OTHER = "other";

    /** Two tokens have this label. */
    static final String TWICE = "twice";

    private static final Path INSTALLED = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final Path INSTALLED_TOOL = Path.of("/usr/bin/softhsm2-util");
    private static final List<String> PACKAGES =
            List.of("softhsm2", "softhsm2-common", "libsofthsm2", "libsqlite3-0");

    private final Path folder;
    private final DebianPackages debian;
    private final Path library;
    private final Path tool;

    private SoftHsm(Path folder) throws IOException {
        this.folder = folder;
        this.debian =
                new DebianPackages(
                        folder,
                        "The PKCS#11 seal's test needs SoftHSM2 (Debian: apt-get install softhsm2)"
                                + " or apt-get and a mirror to fetch it");
        boolean installed = Files.exists(INSTALLED) && Files.exists(INSTALLED_TOOL);
        Path unpacked = debian.unpacked();
        library = installed ? INSTALLED : unpacked.resolve("usr/lib/softhsm/libsofthsm2.so");
        tool = installed ? INSTALLED_TOOL : unpacked.resolve("usr/bin/softhsm2-util");
    }

    /** The one of this JVM. */
    static SoftHsm get() {
        return Holder.HSM;
    }

    Path library() {
        return library;
    }

    /** As when it is pulled out: its files are gone, whoever has a session. */
    void remove(String label) throws IOException {
        for (Path token : children(tokens())) {
            for (Path object : children(token)) {
                if (new String(Files.readAllBytes(object), StandardCharsets.ISO_8859_1)
                        .contains(label)) {
                    delete(token);
                    return;
                }
            }
        }
        throw new IllegalStateException("SoftHSM has no token " + label);
    }

    private void prepare() throws IOException {
        if (!Files.exists(library)) {
            debian.fetch(PACKAGES);
        }
        delete(tokens());
        Files.createDirectories(tokens());
        Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
                        .formatted(tokens()));
        for (String label : List.of(SITE, OTHER, REMOVABLE, TWICE, TWICE)) {
            debian.run(
                    folder,
                    List.of(
                            tool.toString(),
                            "--module",
                            library.toString(),
                            "--init-token",
                            "--free",
                            "--label",
                            label,
                            "--pin",
                            PIN,
                            "--so-pin",
                            "11223344"));
        }
    }

    private Path tokens() {
        return folder.resolve("tokens");
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static final class Holder {
        private static final SoftHsm HSM = prepared();

        private static SoftHsm prepared() {
            String configuration = System.getenv("SOFTHSM2_CONF");
            if (configuration == null) {
                throw new IllegalStateException(
                        "SOFTHSM2_CONF is not set: the build sets it for the tests"
                                + " (server/pom.xml)");
            }
            try {
                SoftHsm hsm = new SoftHsm(Path.of(configuration).getParent());
                hsm.prepare();
                return hsm;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
