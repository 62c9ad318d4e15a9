package com.neuralrouter.server.cli;

import com.neuralrouter.server.control.ControlSocket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line with a secret, as bytes in UTF-8 that the caller wipes. */
final class SecretLine {
    private SecretLine() {}

    /** Reads one line, byte by byte so that nothing behind it is taken; empty at the end. */
    static byte[] read(InputStream in) throws IOException {
        byte[] line = new byte[ControlSocket.MAX_BODY];
        try {
            int length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (length == line.length) {
                    throw new CommandFailed(
                            "A passphrase, PIN, token or share has at most %d bytes."
                                    .formatted(line.length));
                }
                line[length++] = (byte) next;
                next = in.read();
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            return Arrays.copyOf(line, length);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    /** Takes the characters and wipes them. */
    static byte[] utf8(char[] typed) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        try {
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } finally {
            Arrays.fill(typed, '\0');
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
