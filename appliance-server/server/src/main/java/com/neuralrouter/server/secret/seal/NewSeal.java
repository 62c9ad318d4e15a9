package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.util.List;

/**
 * A seal that was just made, and the shares that are handed out now and never again (empty for
 * every other kind). Closing wipes the shares and leaves the seal, which its holder closes.
 *
 * @param shares printable, in ASCII; one for each holder
 */
public record NewSeal(Seal seal, List<SecretBytes> shares) implements AutoCloseable {
    public NewSeal {
        shares = List.copyOf(shares);
    }

    @Override
    public void close() {
        shares.forEach(SecretBytes::close);
    }
}
