package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Imports a catalogue.
 *
 * @param document the whole file, a {@link CatalogueDocument}, byte for byte as it was signed
 * @param signature its Ed25519 signature in Base64; absent for the site's own, which replaces the
 *     one before
 */
public record ImportCatalogue(String document, @Nullable String signature) {}
