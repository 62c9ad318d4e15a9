import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What every Java peer does to a request: key check and a look at two JSON fields. */
final class Common {
    static final int PORT = Integer.getInteger("port", 9400);
    static final String UP_HOST = "127.0.0.1";
    static final int UP_PORT = Integer.getInteger("upstream", 9100);
    static final String UP_AUTH = "Bearer sk-upstream-secret";

    /** SHA-256 of a key, compared by value. */
    record Digest(long a, long b, long c, long d) {
        static Digest of(String key) {
            try {
                byte[] h =
                        MessageDigest.getInstance("SHA-256")
                                .digest(key.getBytes(StandardCharsets.ISO_8859_1));
                return new Digest(word(h, 0), word(h, 8), word(h, 16), word(h, 24));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static long word(byte[] h, int at) {
            long v = 0;
            for (int i = 0; i < 8; i++) v = v << 8 | h[at + i] & 0xff;
            return v;
        }

        @Override
        public int hashCode() {
            return (int) a;
        }
    }

    private static final Map<Digest, String> KEYS = keys();

    private static Map<Digest, String> keys() {
        var m = new java.util.HashMap<Digest, String>();
        for (int i = 0; i < 1000; i++) m.put(Digest.of("nr-key-" + i), "app-" + i);
        return Map.copyOf(m);
    }

    /** The calling application, or null. */
    static String caller(String authorization) {
        return authorization != null && authorization.startsWith("Bearer ")
                ? KEYS.get(Digest.of(authorization.substring(7)))
                : null;
    }

    /**
     * The top-level "model" and "stream" of a JSON object, found in one pass over the bytes,
     * nothing else built.
     */
    record Call(String model, boolean stream) {
        static Call scan(byte[] b, int len) {
            int depth = 0;
            String model = null;
            boolean stream = false;
            for (int i = 0; i < len; i++) {
                switch (b[i]) {
                    case '{', '[' -> depth++;
                    case '}', ']' -> depth--;
                    case '"' -> {
                        int from = ++i;
                        for (; i < len && b[i] != '"'; i++) if (b[i] == '\\') i++;
                        if (depth != 1) break;
                        int n = i - from;
                        boolean isModel =
                                n == 5
                                        && b[from] == 'm'
                                        && b[from + 1] == 'o'
                                        && b[from + 2] == 'd'
                                        && b[from + 3] == 'e'
                                        && b[from + 4] == 'l';
                        boolean isStream =
                                n == 6
                                        && b[from] == 's'
                                        && b[from + 1] == 't'
                                        && b[from + 2] == 'r'
                                        && b[from + 3] == 'e'
                                        && b[from + 4] == 'a'
                                        && b[from + 5] == 'm';
                        if (!isModel && !isStream) break;
                        int p = i + 1;
                        while (p < len
                                && (b[p] == ' ' || b[p] == '\n' || b[p] == '\t' || b[p] == '\r'))
                            p++;
                        if (p >= len || b[p] != ':') break;
                        p++;
                        while (p < len
                                && (b[p] == ' ' || b[p] == '\n' || b[p] == '\t' || b[p] == '\r'))
                            p++;
                        if (isStream) stream = p < len && b[p] == 't';
                        else if (p < len && b[p] == '"') {
                            int s = ++p;
                            while (p < len && b[p] != '"') p++;
                            model = new String(b, s, p - s, StandardCharsets.UTF_8);
                            i = p;
                        }
                    }
                    default -> {}
                }
            }
            return new Call(model, stream);
        }
    }

    static KeyManagerFactory keyManagers() throws Exception {
        var ks = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(System.getProperty("keystore", "ks.p12"))) {
            ks.load(in, "changeit".toCharArray());
        }
        var kmf = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        kmf.init(ks, "changeit".toCharArray());
        return kmf;
    }

    static SSLContext sslContext() throws Exception {
        var ctx = SSLContext.getInstance("TLS");
        ctx.init(keyManagers().getKeyManagers(), null, null);
        return ctx;
    }

    private Common() {}
}
