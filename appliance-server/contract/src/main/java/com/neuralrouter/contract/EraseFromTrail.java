package com.neuralrouter.contract;

/**
 * Erases a person's name or address from the readable audit entries; the log, which has only keyed
 * hashes of them, stays as it is.
 *
 * @param text the name or the address, whole and as it stands there
 */
public record EraseFromTrail(String text) {

    @Override
    public String toString() {
        return "EraseFromTrail[text=redacted]";
    }
}
