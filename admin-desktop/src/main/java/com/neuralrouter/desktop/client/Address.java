package com.neuralrouter.desktop.client;

import java.net.URI;
import java.util.Optional;

/**
 * A host and a port.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 */
public record Address(String host, int port) {
    public Address {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not an address: " + host + " port " + port);
        }
    }

    /** Reads {@code host:port}; a port that is left out is the given one. */
    public static Optional<Address> read(String text, int defaultPort) {
        var typed = text.strip().replaceFirst("(?i)^https://", "").replaceFirst("/.*$", "");
        try {
            // The URI's own parser knows about brackets, labels and what a port may be.
            var uri = new URI("https://" + typed);
            var host = uri.getHost();
            if (host == null || uri.getUserInfo() != null) {
                return Optional.empty();
            }
            return Optional.of(
                    new Address(
                            host.replaceAll("[\\[\\]]", ""),
                            uri.getPort() < 0 ? defaultPort : uri.getPort()));
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same host, another port. */
    public Address at(int otherPort) {
        return new Address(host, otherPort);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
