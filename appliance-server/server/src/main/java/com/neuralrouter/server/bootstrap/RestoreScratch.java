package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder below a site's in which a restore puts a site together. One at a time in a site; what
 * a process that was killed had left is taken away by the next one.
 */
final class RestoreScratch implements AutoCloseable {
    private static final String PREFIX = ".restoring-";

    private final SiteLock lock;
    private final SiteFolder folder;

    private RestoreScratch(SiteLock lock, SiteFolder folder) {
        this.lock = lock;
        this.folder = folder;
    }

    /**
     * Throws {@link SiteRestore.Unfit} while another process restores into the site, or rehearses
     * it.
     *
     * @param stamp what tells it from others
     */
    static RestoreScratch make(SiteFolder site, String stamp) throws IOException {
        PrivateFile.folder(site.root());
        SiteLock lock =
                SiteLock.takeForRestoring(site)
                        .orElseThrow(() ->
                                new SiteRestore.Unfit(
                                        "Another process restores a backup in "
                                                + site.root()
                                                + ", or rehearses it; wait until it has ended."));
        var scratch = new RestoreScratch(lock, new SiteFolder(site.root().resolve(PREFIX + stamp)));
        try {
            sweep(site);
            PrivateFile.folder(scratch.folder.root());
            return scratch;
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static void sweep(SiteFolder site) throws IOException {
        try (Stream<Path> files = Files.list(site.root())) {
            List<Path> left =
                    files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
            for (Path each : left) {
                delete(each);
            }
        }
    }

    SiteFolder folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            delete(folder.root());
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path left, IOException failure)
                            throws IOException {
                        Files.delete(left);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
