/**
 * The seals: what keeps the vault's root key shut while the appliance is off, and opens it at the
 * start. Read {@link com.neuralrouter.server.secret.seal.Seals} first. Knows nothing of the vault
 * file, which keeps what {@code record()} says and what {@code wrap} gave.
 *
 * <pre>{@code
 * Seals seals = new Seals(siteFolder, System.getenv(), random);
 * // init, and `seal change` for the new seal:
 * try (SealMaterial material = seals.automatic(spec).orElseGet(askThePerson);
 *         NewSeal made = seals.create(spec, material)) {
 *     made.shares().forEach(print);                  // once, each for another holder
 *     vaultFile.add(made.seal().record(), made.seal().wrap(rootKey, associated));
 *     made.seal().close();
 * }
 * // start: empty means sealed; `unseal` then brings the material
 * Optional<SealMaterial> material = seals.automatic(record);
 * try (Seal seal = seals.open(record, material.get())) { rootKey = seal.unwrap(wrapped, associated); }
 * }</pre>
 */
@NullMarked
package com.neuralrouter.server.secret.seal;

import org.jspecify.annotations.NullMarked;
