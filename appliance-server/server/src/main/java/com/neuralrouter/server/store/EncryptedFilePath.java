package com.neuralrouter.server.store;

import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Files that H2 reads and writes through a {@link PageCipher}. H2 finds a file system by the scheme
 * that a name begins with, in a table of its own that all of the JVM shares. So each store that is
 * open has a scheme of its own, drawn by lot: the URL says by it which key, and never says the key.
 */
final class EncryptedFilePath extends FilePath {
    /** What the name of a file's journal ends with. */
    static final String JOURNAL = ".journal";

    private final String scheme;
    private final PageCipher cipher;
    private final FilePath base;

    /** The file that was opened last under this scheme: a store has one. */
    private final AtomicReference<@Nullable JournaledChannel> opened;

    private EncryptedFilePath(
            String scheme,
            PageCipher cipher,
            AtomicReference<@Nullable JournaledChannel> opened,
            FilePath base) {
        this.scheme = scheme;
        this.cipher = cipher;
        this.opened = opened;
        this.base = base;
        this.name = scheme + ":" + base.name;
    }

    /** Makes a scheme known to H2 until {@link #unmount}. */
    static EncryptedFilePath mount(PageCipher cipher) {
        byte[] lot = new byte[12];
        ThreadLocalRandom.current().nextBytes(lot);
        String scheme = "encrypted" + HexFormat.of().formatHex(lot);
        var mounted =
                new EncryptedFilePath(scheme, cipher, new AtomicReference<>(), FilePath.get("/"));
        FilePath.register(mounted);
        return mounted;
    }

    void unmount() {
        FilePath.unregister(this);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FilePath getPath(String path) {
        return of(FilePath.get(path.substring(scheme.length() + 1)));
    }

    private FilePath of(FilePath other) {
        return new EncryptedFilePath(scheme, cipher, opened, other);
    }

    @Override
    public FilePath unwrap() {
        return base;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel journal = FilePath.get(base.name + JOURNAL).open("rw");
        var channel = new JournaledChannel(base.open(mode), journal);
        opened.set(channel);
        return new EncryptedChannel(channel, cipher);
    }

    /** The file that H2 has open. */
    JournaledChannel opened() {
        JournaledChannel channel = opened.get();
        if (channel == null) {
            throw new IllegalStateException("no file was opened under " + scheme);
        }
        return channel;
    }

    @Override
    public long size() {
        return Math.max(0, base.size() - StoreHeader.BYTES);
    }

    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        base.moveTo(newName.unwrap(), atomicReplace);
    }

    @Override
    public boolean createFile() {
        return base.createFile();
    }

    @Override
    public boolean exists() {
        return base.exists();
    }

    @Override
    public void delete() {
        base.delete();
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return base.newDirectoryStream().stream().map(this::of).toList();
    }

    @Override
    public FilePath toRealPath() {
        return of(base.toRealPath());
    }

    @Override
    public FilePath getParent() {
        return of(base.getParent());
    }

    @Override
    public boolean isDirectory() {
        return base.isDirectory();
    }

    @Override
    public boolean isRegularFile() {
        return base.isRegularFile();
    }

    @Override
    public boolean isAbsolute() {
        return base.isAbsolute();
    }

    @Override
    public long lastModified() {
        return base.lastModified();
    }

    @Override
    public boolean canWrite() {
        return base.canWrite();
    }

    @Override
    public void createDirectory() {
        base.createDirectory();
    }

    @Override
    public boolean setReadOnly() {
        return base.setReadOnly();
    }
}
