/**
 * Words, dates and numbers in the reader's language.
 *
 * <p>Read {@link com.neuralrouter.desktop.i18n.Messages} first. One bundle for each part of the
 * window, each in English and German; {@code MessagesTest} keeps their keys equal.
 */
@NullMarked
package com.neuralrouter.desktop.i18n;

import org.jspecify.annotations.NullMarked;
