/**
 * What is known of models: names, sizes, abilities, prices. Signed data that comes with the
 * appliance, newer signed data that was imported, and what the site says of its own; nothing is
 * fetched.
 *
 * <p>Start with {@link com.neuralrouter.server.catalogue.Catalogue}; prices are in {@link
 * com.neuralrouter.server.catalogue.PriceBook}.
 */
@NullMarked
package com.neuralrouter.server.catalogue;

import org.jspecify.annotations.NullMarked;
