package com.neuralrouter.server.provider;

/**
 * The connection that a call went over, as far as it cost time.
 *
 * @param use where it came from
 * @param lookupMicros until the host's addresses were known, µs
 * @param tcpMicros from then on until one of them had accepted, µs
 * @param tlsMicros the handshake, µs; 0 where TLS is not spoken
 */
public record Connection(Use use, long lookupMicros, long tcpMicros, long tlsMicros) {
    /** The call went over none. */
    public static final Connection NONE = new Connection(Use.NONE, 0, 0, 0);

    /** It was there already. */
    public static final Connection KEPT = new Connection(Use.KEPT, 0, 0, 0);

    /** Where one came from. */
    public enum Use {
        NONE,
        KEPT,
        MADE
    }

    /** One that was made for the call; times in nanoseconds. */
    public static Connection made(long lookup, long tcp, long tls) {
        return new Connection(Use.MADE, lookup / 1_000, tcp / 1_000, tls / 1_000);
    }
}
