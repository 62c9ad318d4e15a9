package com.neuralrouter.server.store;

import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;

/**
 * Hands the database driver the password at the moment at which a server asks for it: it stands in
 * no URL, no property and no {@code String}, and a file that was exchanged counts from the next
 * connection on. The driver makes an instance for each connection and wipes what it is given.
 */
public final class PasswordFromFile implements AuthenticationPlugin {
    /** The connection's property that names the file. */
    static final String FILE = "neuralRouterPasswordFile";

    private final Path file;

    /** Called by the driver with the properties of the connection. */
    public PasswordFromFile(Properties properties) {
        this.file = Path.of(properties.getProperty(FILE));
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        byte[] bytes = new byte[0];
        try {
            bytes = Files.readAllBytes(file);
            return decoded(bytes);
        } catch (IOException _) {
            throw new PSQLException("no password", PSQLState.INVALID_PASSWORD);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A line end behind the password is the editor's, not the password's. */
    private static char[] decoded(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
        char[] password = Arrays.copyOf(chars.array(), chars.limit());
        Arrays.fill(chars.array(), '\0');
        return password;
    }
}
