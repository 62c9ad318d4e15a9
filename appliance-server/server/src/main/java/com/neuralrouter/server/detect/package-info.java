/**
 * Finds what must not be said in text: the detectors of the shipped catalogue and a site's own
 * patterns, in time linear in the text. Read first: {@link
 * com.neuralrouter.server.detect.Detector}. It knows nothing of requests, policies or providers,
 * and keeps nothing.
 */
@NullMarked
package com.neuralrouter.server.detect;

import org.jspecify.annotations.NullMarked;
