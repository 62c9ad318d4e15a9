import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A blocking HTTP/1.1 client for virtual threads: one write for a request, one pooled buffer for a
 * connection, no header objects.
 */
final class RawUpstream {
    private static final class Conn {
        final Socket s = new Socket();
        final InputStream in;
        final byte[] buf = new byte[8192];
        byte[] out = new byte[2048];
        int at, end;

        Conn() throws IOException {
            s.setTcpNoDelay(true);
            s.connect(new InetSocketAddress(Common.UP_HOST, Common.UP_PORT), 5000);
            in = s.getInputStream();
        }

        void fill() throws IOException {
            if (at == end) at = end = 0;
            int n = in.read(buf, end, buf.length - end);
            if (n < 0) throw new EOFException("upstream closed");
            end += n;
        }

        void send(byte[] head, byte[] body) throws IOException {
            byte[] len = Integer.toString(body.length).getBytes(StandardCharsets.ISO_8859_1);
            int n = head.length + len.length + 4 + body.length;
            if (out.length < n) out = new byte[n * 2];
            System.arraycopy(head, 0, out, 0, head.length);
            int p = head.length;
            System.arraycopy(len, 0, out, p, len.length);
            p += len.length;
            out[p++] = '\r';
            out[p++] = '\n';
            out[p++] = '\r';
            out[p++] = '\n';
            System.arraycopy(body, 0, out, p, body.length);
            s.getOutputStream().write(out, 0, n);
        }

        /** Index just after the next CRLF, reading more as needed. */
        int line() throws IOException {
            for (int i = at; ; ) {
                for (; i < end; i++) if (buf[i] == '\n') return i + 1;
                int keep = i - at;
                if (end == buf.length) {
                    if (at == 0) throw new IOException("line too long");
                    System.arraycopy(buf, at, buf, 0, keep);
                    end = keep;
                    at = 0;
                }
                fill();
                i = at + keep;
            }
        }
    }

    private final ConcurrentLinkedDeque<Conn> pool = new ConcurrentLinkedDeque<>();

    void exchange(byte[] body, Common.Call call, ServerResponse res) throws Exception {
        Conn c = pool.pollFirst();
        if (c != null) {
            try {
                c.send(HelidonProxy.UP_HEAD, body);
                c.fill();
            } catch (IOException stale) {
                c.s.close();
                c = null;
            }
        }
        if (c == null) {
            c = new Conn();
            c.send(HelidonProxy.UP_HEAD, body);
            c.fill();
        }
        boolean reuse = false;
        try {
            int e = c.line();
            int status =
                    (c.buf[c.at + 9] - '0') * 100
                            + (c.buf[c.at + 10] - '0') * 10
                            + c.buf[c.at + 11]
                            - '0';
            int length = -1;
            boolean chunked = false;
            String type = null;
            for (c.at = e; (e = c.line()) - c.at > 2; c.at = e) {
                if (is(c, e, "content-length:")) length = Integer.parseInt(value(c, 15, e));
                else if (is(c, e, "transfer-encoding:")) chunked = true;
                else if (is(c, e, "content-type:")) type = value(c, 13, e);
            }
            c.at = e;
            res.status(status == 200 ? Status.OK_200 : Status.create(status));
            if (type != null) res.header(HeaderNames.CONTENT_TYPE, type);
            if (!chunked) {
                byte[] b = new byte[length];
                int n = Math.min(length, c.end - c.at);
                System.arraycopy(c.buf, c.at, b, 0, n);
                c.at += n;
                if (n < length && c.in.readNBytes(b, n, length - n) < length - n)
                    throw new EOFException();
                pool.addFirst(c);
                reuse = true;
                res.send(b);
                return;
            }
            try (var out = res.outputStream()) {
                byte[] gather = new byte[8192];
                for (int g = 0; ; ) { // all chunks that one read brought go out in one write
                    e = c.line();
                    int size =
                            Integer.parseInt(
                                    new String(
                                            c.buf, c.at, e - 2 - c.at, StandardCharsets.ISO_8859_1),
                                    16);
                    c.at = e;
                    if (size == 0) {
                        c.at = c.line();
                        if (g > 0) {
                            out.write(gather, 0, g);
                        }
                        break;
                    }
                    for (int left = size; left > 0; ) {
                        if (c.at == c.end) c.fill();
                        int n = Math.min(Math.min(left, c.end - c.at), gather.length - g);
                        System.arraycopy(c.buf, c.at, gather, g, n);
                        c.at += n;
                        left -= n;
                        g += n;
                        if (g == gather.length) {
                            out.write(gather, 0, g);
                            out.flush();
                            g = 0;
                        }
                    }
                    c.at = c.line();
                    if (c.at == c.end && g > 0) {
                        out.write(gather, 0, g);
                        out.flush();
                        g = 0;
                    }
                }
            }
            pool.addFirst(c);
            reuse = true;
        } finally {
            if (!reuse) c.s.close();
        }
    }

    private static boolean is(Conn c, int e, String name) {
        int n = name.length();
        if (e - c.at < n) return false;
        for (int i = 0; i < n; i++) {
            int x = c.buf[c.at + i];
            if ((x >= 'A' && x <= 'Z' ? x | 32 : x) != name.charAt(i)) return false;
        }
        return true;
    }

    private static String value(Conn c, int skip, int e) {
        return new String(c.buf, c.at + skip, e - c.at - skip, StandardCharsets.ISO_8859_1).strip();
    }
}
