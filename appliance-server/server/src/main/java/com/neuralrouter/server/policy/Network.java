package com.neuralrouter.server.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A network as in {@code 10.0.0.0/8} or {@code fd00::/8} (RFC 4632, RFC 4291 section 2.3). An IPv4
 * address that comes as IPv6 ({@code ::ffff:10.0.0.1}) is taken for the IPv4 address that it is.
 *
 * @param v4 whether it is one of IPv4; its bits are then the last 32
 * @param high the first 64 bits
 * @param low the last 64 bits
 * @param prefix how many of the bits count, of 32 or 128
 */
record Network(boolean v4, long high, long low, int prefix) {

    /** Throws {@link IllegalArgumentException} for what is not a network's own address. */
    static Network of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || !parts[0].matches("[0-9a-fA-F:.]{2,45}")) {
            throw wrong();
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(parts[0]);
        } catch (IllegalArgumentException _) {
            throw wrong();
        }
        byte[] bytes = address.getAddress();
        boolean dotted = parts[0].matches("[0-9]+(\\.[0-9]+){3}");
        if (bytes.length == 4 && !(dotted && address.getHostAddress().equals(parts[0]))) {
            throw wrong();
        }
        int bits = bytes.length * 8;
        int prefix = bits;
        if (parts.length == 2) {
            if (!parts[1].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[1]) > bits) {
                throw wrong();
            }
            prefix = Integer.parseInt(parts[1]);
        }
        Network whole = of(bytes, prefix);
        if (whole.high != (whole.high & whole.highMask())
                || whole.low != (whole.low & whole.lowMask())) {
            throw new IllegalArgumentException(
                    "must be a network's own address: the bits behind the prefix are not zero");
        }
        return whole;
    }

    private static Network of(byte[] address, int prefix) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == 4
                ? new Network(true, 0, bytes.getInt() & 0xffff_ffffL, prefix)
                : new Network(false, bytes.getLong(), bytes.getLong(), prefix);
    }

    /** The network that has that one address only. */
    static Network only(InetAddress address) {
        byte[] bytes = address.getAddress();
        return of(bytes, bytes.length * 8);
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("must be a network as in 10.0.0.0/8 or fd00::/8");
    }

    boolean contains(Network other) {
        return v4 == other.v4
                && prefix <= other.prefix
                && high == (other.high & highMask())
                && low == (other.low & lowMask());
    }

    private long highMask() {
        return v4 ? -1L : mask(Math.min(prefix, 64));
    }

    private long lowMask() {
        return v4 ? mask(32 + prefix) : mask(Math.max(prefix - 64, 0));
    }

    /** The first {@code bits} of 64. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
