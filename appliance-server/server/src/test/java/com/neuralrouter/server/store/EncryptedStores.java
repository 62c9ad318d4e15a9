package com.neuralrouter.server.store;

import com.neuralrouter.server.secret.XtsPageCipher;

import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcSQLNonTransientConnectionException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Random;

/** Stores under a key that tests know. */
public final class EncryptedStores {
    private EncryptedStores() {}

    /** The same folder is the same store. */
    public static H2File in(Path folder) {
        return new H2File(folder, cipher(1));
    }

    /** Executes SQL in the folder's store, past {@link Database}; makes the store if need be. */
    static void execute(Path folder, String sql) throws Exception {
        try (PageCipher cipher = cipher(1)) {
            Path file = folder.resolve("site.mv.db");
            if (!Files.exists(file)) {
                OwnFiles.write(file, StoreHeader.bytes(cipher));
            }
            EncryptedFilePath mounted = EncryptedFilePath.mount(cipher);
            String url = "jdbc:h2:" + mounted.getScheme() + ":" + folder.resolve("site");
            try (Connection connection = DriverManager.getConnection(url, "neural_router", "");
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                statement.execute("SHUTDOWN");
            } catch (JdbcSQLNonTransientConnectionException closed) {
                if (closed.getErrorCode() != ErrorCode.DATABASE_IS_CLOSED) {
                    throw closed;
                }
            } finally {
                mounted.unmount();
            }
        }
    }

    /** The same number is the same key. */
    static PageCipher cipher(long number) {
        byte[] key = new byte[XtsPageCipher.KEY_BYTES];
        new Random(number).nextBytes(key);
        return XtsPageCipher.of(key);
    }
}
