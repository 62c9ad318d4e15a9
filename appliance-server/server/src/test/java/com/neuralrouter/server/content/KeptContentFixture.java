package com.neuralrouter.server.content;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ErasedContent;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.secret.MacKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A site with a workspace that keeps content, and what is done about it. */
abstract class KeptContentFixture {
    static final String REASON = "complaint 17";
    static final Instant EXPIRES = Instant.parse("2027-01-31T12:00:00Z");
    static final ApiKeyId KEY = new ApiKeyId(new UUID(0, 7));

    @TempDir private Path folder;
    TestSite site;
    Workspace legal;
    final Map<WorkspaceId, Retention> inForce = new HashMap<>();

    @BeforeEach
    void open() {
        site = new TestSite(folder.resolve("site"));
        legal = site.workspace("legal");
        inForce.put(legal.id(), Retention.days(30));
    }

    @AfterEach
    void close() {
        site.close();
    }

    SealedContent sealed(Clock clock) {
        return new SealedContent(site.keys, MacKey.owning(new byte[32]), new SecureRandom(), clock);
    }

    Clock later(int days) {
        return Clock.offset(site.clock, Duration.ofDays(days));
    }

    ContentCommands commands(Clock clock) {
        return new ContentCommands(
                site.transactions, site.reads, sealed(clock), _ -> Optional.of(EXPIRES), clock);
    }

    ContentSweep sweep(Clock clock) {
        return new ContentSweep(
                site.transactions,
                site.reads,
                workspace -> Optional.of(inForce.getOrDefault(workspace, Retention.ZERO)),
                site.ids,
                clock);
    }

    FinishedExchange finished(RequestId id, ApiKeyId key, String request, String answer) {
        var about = new Keeping.About(id, legal.id(), key, Retention.days(30));
        return new FinishedExchange(about, content(request), content(answer), false, 0);
    }

    RequestId kept(String request, String answer) {
        return kept(KEY, request, answer);
    }

    RequestId kept(ApiKeyId key, String request, String answer) {
        RequestId id = site.ids.nextRequest();
        site.database.write(tx -> {
            sealed(site.clock).seal(tx, finished(id, key, request, answer));
            return true;
        });
        return id;
    }

    static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    KeptContent read(RequestId id) {
        return commands(site.clock)
                .read(site.as(Permission.CONTENT_READ), new ReadContent(id, REASON));
    }

    ErasedContent erase(ContentOf of) {
        return commands(site.clock)
                .erase(site.as(Permission.CONTENT_ERASE), new EraseContent(of, REASON));
    }

    Page<KeptContent> export(ContentOf of, RequestId after) {
        return commands(site.clock)
                .export(site.as(Permission.CONTENT_READ), new ExportContent(of, REASON, after));
    }

    List<Long> rows() {
        return List.of(count(""), count("_piece"), count("_key"));
    }

    long count(String table) {
        return site.database.read(tx ->
                tx.handle()
                        .createQuery("SELECT COUNT(*) FROM kept_content" + table)
                        .mapTo(Long.class)
                        .one());
    }

    void execute(String sql, Object... values) {
        site.database.write(tx -> tx.handle().execute(sql, values));
    }

    AuditEntry entry(String action) {
        return site.entries().stream()
                .filter(each -> each.action().equals(action))
                .findFirst()
                .orElseThrow();
    }
}
