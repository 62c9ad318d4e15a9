package com.neuralrouter.server.catalogue;

/** A catalogue can't be used; the message is a sentence that says why. */
public final class CatalogueRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogueRefused(String sentence) {
        super(sentence, null, false, false);
    }
}
