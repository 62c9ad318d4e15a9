package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a site that was put together in a scratch folder in the place of the one in a folder, which
 * moves aside. By {@code appliance.yaml} a folder is a site: it goes first and comes last, so a
 * process that is killed in between leaves a folder that no command takes for a site and that can
 * be restored into again. The seal's own file stays in its place all the time, because restoring
 * takes it. For one thread, once.
 */
final class SiteExchange {
    private static final List<String> FOLDERS =
            List.of("data", "certs", "admin", "journal", "audit");

    private final SiteFolder site;
    private final SiteFolder scratch;
    private final SiteFolder aside;

    /** Moves a file or folder; a test ends the process, as it were, before one of them. */
    interface Mover {
        void move(Path from, Path to) throws IOException;
    }

    private final Mover mover;

    SiteExchange(SiteFolder site, SiteFolder scratch, SiteFolder aside, Mover mover) {
        this.site = site;
        this.scratch = scratch;
        this.aside = aside;
        this.mover = mover;
    }

    /** How a file takes its place. */
    static void atomically(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Moves everything.
     *
     * @param store puts the store in place, if it is not in the folder
     * @return whether something was there that is aside now
     */
    boolean run(Runnable store) throws IOException {
        boolean wasThere = move(site.config(), aside.config());
        for (String each : FOLDERS) {
            wasThere |= move(site.root().resolve(each), aside.root().resolve(each));
        }
        wasThere |= copyKeys();
        force(site.root());
        for (String each : FOLDERS) {
            move(scratch.root().resolve(each), site.root().resolve(each));
        }
        PrivateFile.folder(site.keys());
        move(scratch.vault(), site.vault());
        force(site.keys());
        force(site.root());
        store.run();
        move(scratch.config(), site.config());
        force(site.root());
        return wasThere;
    }

    /** Whether there was a vault; a seal's file alone is no site's remains. */
    private boolean copyKeys() throws IOException {
        if (!Files.exists(site.vault())) {
            return false;
        }
        PrivateFile.folder(aside.keys());
        try (Stream<Path> files = Files.list(site.keys())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                PrivateFile.create(
                        aside.keys().resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return true;
    }

    private boolean move(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return false;
        }
        PrivateFile.folder(to.resolveSibling(""));
        mover.move(from, to);
        return true;
    }

    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
