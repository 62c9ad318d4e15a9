package com.neuralrouter.desktop;

import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.enrol.KeyStoreFiles;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for: nothing, or to connect at once with an operator's key store.
 *
 * <p>{@code --keystore FILE --password-file FILE --address HOST:PORT --ca FILE}
 */
sealed interface DesktopOptions {
    Set<String> NAMES = Set.of("--keystore", "--password-file", "--address", "--ca");

    /** Show what this device knows. */
    record None() implements DesktopOptions {}

    /** Connect there with these files. */
    record Connect(Address address, KeyStoreFiles files) implements DesktopOptions {}

    /** They can't be used: the key of the sentence, and its value. */
    record Wrong(String key, String value) implements DesktopOptions {}

    /** Reads them. */
    static DesktopOptions read(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new None();
        }
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!NAMES.contains(arguments.get(i))) {
                return new Wrong("enrol.options.unknown", arguments.get(i));
            }
            if (i + 1 < arguments.size()) {
                given.put(arguments.get(i), arguments.get(i + 1));
            }
        }
        if (!given.keySet().equals(NAMES)) {
            return new Wrong("enrol.options.incomplete", "");
        }
        var address = given.getOrDefault("--address", "");
        return Address.read(address, 0)
                .<DesktopOptions>map(where -> new Connect(where, files(given)))
                .orElseGet(() -> new Wrong("enrol.options.address", address));
    }

    private static KeyStoreFiles files(Map<String, String> given) {
        return new KeyStoreFiles(
                Path.of(given.getOrDefault("--keystore", "")),
                Path.of(given.getOrDefault("--password-file", "")),
                Path.of(given.getOrDefault("--ca", "")));
    }
}
