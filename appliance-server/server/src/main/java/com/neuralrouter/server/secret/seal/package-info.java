/**
 * The seals: what keeps the vault's root key shut while the appliance is off, and opens it at the
 * start. Read {@link com.neuralrouter.server.secret.seal.Seals} first. Knows nothing of the vault
 * file, which keeps what {@code record()} says and what {@code wrap} gave.
 *
 * <pre>{@code
 * Seals seals = new Seals(siteFolder, System.getenv(), random);
 * // init, and the new seal of a change:
 * try (SealMaterial material = seals.automatic(spec).orElseGet(askThePerson);
 *         NewSeal made = seals.create(spec, material);
 *         Seal seal = made.seal()) {
 *     made.shares().forEach(print);                  // once, each for another holder
 *     vaultFile.add(seal.record(), seal.wrap(rootKey, associated));
 * }
 * // start: empty means sealed, and somebody brings the material (shares: seals.collector(record))
 * try (SealMaterial material = seals.automatic(record).orElseGet(waitForAPerson);
 *         Seal seal = seals.open(record, material)) {
 *     rootKey = seal.unwrap(wrapped, associated);
 * }
 * }</pre>
 */
@NullMarked
package com.neuralrouter.server.secret.seal;

import org.jspecify.annotations.NullMarked;
