package com.neuralrouter.server.content;

import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.content.KeptContentStore.Row;
import com.neuralrouter.server.secret.ContentKey;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.SecretPlace;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Seals content into the store and opens it from there: in pieces, under a key of its own for each
 * request, which is sealed under the workspace's. What was moved, cut off, put together anew or
 * given a later end does not open. Safe for all threads.
 */
public final class SealedContent {
    /** Of the plaintext; what is sealed of it fits a column. */
    static final int PIECE = 64 << 10;

    private static final int REQUEST = 0;
    private static final int ANSWER = 1;

    private final KeptContentStore store = new KeptContentStore();
    private final KeyRing keys;
    private final MacKey subjects;
    private final SecureRandom random;
    private final Clock clock;

    /**
     * @param subjects hashes what apps call persons; the caller goes on owning it
     */
    public SealedContent(KeyRing keys, MacKey subjects, SecureRandom random, Clock clock) {
        this.keys = keys;
        this.subjects = subjects;
        this.random = random;
        this.clock = clock;
    }

    /** What stands for a person in the store: HMAC-SHA256, another in each workspace. */
    String subject(WorkspaceId workspace, String text) {
        MacKey.Computation code = subjects.computation();
        code.update(workspace.toString().getBytes(StandardCharsets.US_ASCII));
        code.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code.end());
    }

    /** Throws {@link UnopenableSecret} before anything is written if the workspace has no key. */
    void seal(Tx tx, FinishedExchange exchange) {
        Keeping.About about = exchange.about();
        WorkspaceId workspace = about.workspace();
        SecretPlace place = ContentKeyStore.placeOf(workspace, about.id().value());
        try (ContentKey key = ContentKey.random(random);
                SecretBytes secret = key.secret()) {
            SealedSecret dataKey = keys.seal(tx, place, secret);
            Instant now = Columns.now(clock);
            var head =
                    new KeptContentHead(
                            about.id(),
                            workspace,
                            about.apiKey(),
                            now,
                            now.plus(Duration.ofDays(about.retention().wholeDays())),
                            exchange.bytes(),
                            exchange.cut());
            byte[] request = exchange.request().bytes();
            @Nullable String subject =
                    ContentSubject.of(request).map(text -> subject(workspace, text)).orElse(null);
            store.insert(tx, new Row(head, dataKey), subject);
            store.insertPieces(tx, about.id(), REQUEST, sealed(key, head, REQUEST, request));
            store.insertPieces(
                    tx, about.id(), ANSWER, sealed(key, head, ANSWER, exchange.answer().bytes()));
        }
    }

    private static List<byte[]> sealed(
            ContentKey key, KeptContentHead head, int part, byte[] bytes) {
        var pieces = new ArrayList<byte[]>();
        int at = 0;
        do {
            int end = Math.min(bytes.length, at + PIECE);
            pieces.add(
                    key.seal(
                            Arrays.copyOfRange(bytes, at, end),
                            place(head, part, pieces.size(), end == bytes.length)));
            at = end;
        } while (at < bytes.length);
        return pieces;
    }

    /** Throws {@link UnopenableSecret}. */
    KeptContent open(Tx tx, Row row) {
        KeptContentHead head = row.head();
        SecretPlace place = ContentKeyStore.placeOf(head.workspace(), head.request().value());
        try (SecretBytes secret = keys.open(tx, place, row.dataKey());
                ContentKey key = ContentKey.of(secret, random)) {
            return new KeptContent(
                    head,
                    base64(openPart(tx, key, head, REQUEST)),
                    base64(openPart(tx, key, head, ANSWER)));
        }
    }

    private byte[] openPart(Tx tx, ContentKey key, KeptContentHead head, int part) {
        return key.open(
                store.pieces(tx, head.request(), part),
                (piece, last) -> place(head, part, piece, last));
    }

    /** What a piece is bound to: whose it is, its end, and its place among the others. */
    private static String[] place(KeptContentHead head, int part, int piece, boolean last) {
        RequestId id = head.request();
        return new String[] {
            head.workspace().toString(),
            "kept_content_piece",
            "sealed",
            id.toString(),
            head.keptAt().toString(),
            head.expiresAt().toString(),
            Integer.toString(part),
            Integer.toString(piece),
            last ? "last" : "more"
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
