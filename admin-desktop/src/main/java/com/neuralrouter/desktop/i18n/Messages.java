package com.neuralrouter.desktop.i18n;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The window's words in one language.
 *
 * <p>A key's first segment names its bundle: {@code workspaces.create.title} is in {@code
 * workspaces.properties} beside this class, and in {@code workspaces_de.properties}; a new screen
 * brings its own pair of files and registers nothing. Sentences are {@link MessageFormat} patterns
 * (so an apostrophe is written twice) with {@code choice} for plurals. May be used by any thread.
 */
public final class Messages {
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final Map<String, ResourceBundle> bundles = new ConcurrentHashMap<>();

    /** In that language, where there are words for it; in English where there are none. */
    public Messages(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** The sentence for the key. Throws {@link MissingResourceException} if there is none. */
    public String text(String key, Object... values) {
        return new MessageFormat(bundle(key).getString(key), locale).format(values);
    }

    /** Whether there is a sentence for the key. */
    public boolean has(String key) {
        return bundle(key).containsKey(key);
    }

    private ResourceBundle bundle(String key) {
        int dot = key.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("key without a bundle: " + key);
        }
        return bundles.computeIfAbsent(
                key.substring(0, dot),
                name ->
                        ResourceBundle.getBundle(
                                Messages.class.getPackageName() + "." + name,
                                locale,
                                Messages.class.getClassLoader(),
                                EXACT));
    }
}
