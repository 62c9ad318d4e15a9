package com.neuralrouter.server.store;

import java.nio.file.Path;

/**
 * A store in a file of this machine, kept by the H2 that runs inside this process.
 *
 * @param folder the store's own folder; nothing else is in it
 * @param cipher encrypts the file; whoever made it closes it after the store
 */
public record H2File(Path folder, PageCipher cipher) implements StoreLocation.OfSite {
    public H2File {
        folder = folder.toAbsolutePath().normalize();
    }
}
