package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.LogClient;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.tlog.CanonicalJson;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.NoteAlgorithm;
import com.neuralrouter.tlog.NoteSigner;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.TlogProof;
import com.neuralrouter.tlog.TreeHash;
import com.neuralrouter.tlog.TreeProofs;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * An audit log with real keys that signs whatever the test has made of it: in memory as a {@link
 * LogClient}, and as the appliance's paths behind TLS.
 */
public final class TestLog implements LogClient, HttpHandler {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<NoteSigner> signers;
    private final List<byte[]> leaves = new CopyOnWriteArrayList<>();

    /** What is done to a checkpoint before it is shown. */
    public volatile UnaryOperator<LogCheckpoint> checkpoints = UnaryOperator.identity();

    /** What is done to a proof before it is shown. */
    public volatile UnaryOperator<LogConsistency> proofs = UnaryOperator.identity();

    /** What is done to a proof of an entry before it is shown. */
    public volatile UnaryOperator<LogProof> entryProofs = UnaryOperator.identity();

    /** Why nothing is answered. */
    public volatile Optional<Trouble> down = Optional.empty();

    /** Why proofs of consistency are not answered. */
    public volatile Optional<Trouble> proofless = Optional.empty();

    /** The keys that sign receipts. */
    public final List<ReceiptKey> receiptKeys = new CopyOnWriteArrayList<>();

    public final List<CosignCheckpoint> cosigned = new CopyOnWriteArrayList<>();
    public final List<LogAlarm> alarms = new CopyOnWriteArrayList<>();

    private TestLog(List<NoteSigner> signers) {
        this.signers = signers;
    }

    /** An empty log with keys of its own. */
    public static TestLog named(String origin) {
        return new TestLog(
                List.of(
                        signer(origin, NoteAlgorithm.ED25519),
                        signer(origin, NoteAlgorithm.ML_DSA_44_COSIGNATURE)));
    }

    /** As {@link #named}, with one key of short signatures: for tests that read many of them. */
    public static TestLog ofOneKey(String origin) {
        return new TestLog(List.of(signer(origin, NoteAlgorithm.ED25519)));
    }

    /** The same log until that size, and other entries from there. */
    public TestLog forkedAt(int size, int newSize) {
        var fork = new TestLog(signers);
        fork.leaves.addAll(leaves.subList(0, size));
        while (fork.leaves.size() < newSize) {
            fork.leaves.add(entry("other", fork.leaves.size()));
        }
        return fork;
    }

    /** With that many more entries. */
    public TestLog grow(int by) {
        for (int i = 0; i < by; i++) {
            leaves.add(entry("entry", leaves.size()));
        }
        return this;
    }

    /** Puts an entry into the log as the appliance does. */
    public void add(AuditEntry entry) {
        leaves.add(
                CanonicalJson.write(
                        Map.of(
                                "sequence",
                                (long) leaves.size(),
                                "entry",
                                entry.sequence(),
                                "happened",
                                entry.at().toString(),
                                "actor",
                                Map.of("type", entry.actor().type()),
                                "action",
                                entry.action(),
                                "target",
                                entry.target(),
                                "outcome",
                                entry.outcome().name().toLowerCase(Locale.ROOT),
                                "request",
                                entry.requestId())));
    }

    /**
     * Puts a request into the log as the appliance does.
     *
     * @param receipt the hash of its receipt; empty if it has none
     */
    public void add(RequestSummary request, String receipt) {
        var leaf = new TreeMap<String, Object>();
        leaf.put("sequence", (long) leaves.size());
        leaf.put("request", request.id().toString());
        leaf.put("workspace", request.workspaceId().toString());
        leaf.put("key", request.apiKeyId().toString());
        leaf.put("model", request.model());
        leaf.put("outcome", request.outcome().name().toLowerCase(Locale.ROOT));
        leaf.put("status", (long) request.status());
        putKnown(leaf, "served", request.servedModel());
        putKnown(leaf, "jurisdiction", request.jurisdiction());
        putKnown(leaf, "region", request.region());
        putKnown(leaf, "policy", request.policy());
        putKnown(leaf, "guardrails", request.guardrails());
        putKnown(leaf, "receipt", receipt.isEmpty() ? null : receipt);
        leaf.put(
                "tokens", Map.of("input", request.inputTokens(), "output", request.outputTokens()));
        leaves.add(CanonicalJson.write(leaf));
    }

    private static void putKnown(Map<String, Object> leaf, String name, @Nullable String value) {
        if (value != null) {
            leaf.put(name, value);
        }
    }

    /** Takes over the entries of the other one. */
    public void become(TestLog other) {
        var copy = List.copyOf(other.leaves);
        leaves.clear();
        leaves.addAll(copy);
    }

    public int size() {
        return leaves.size();
    }

    public Checkpoint tree() {
        return new Checkpoint(
                signers.getFirst().verifier().name(),
                leaves.size(),
                TreeProofs.root(this::hash, leaves.size()));
    }

    /** What is shown, without anything done to it. */
    public LogCheckpoint honest() {
        return new LogCheckpoint(
                NoteSigner.signAll(tree().text(), Samples.NOW, signers).toString(),
                signers.stream().map(signer -> signer.verifier().toString()).toList());
    }

    @Override
    public Answer<LogCheckpoint> checkpoint() {
        return answer(down, () -> checkpoints.apply(honest()));
    }

    @Override
    public Answer<LogConsistency> consistency(long from, long to) {
        if (from > to || to > leaves.size()) {
            return new Answer.Refused<>(
                    FakeAdminClient.problem(ProblemCode.INVALID_FIELD, "to: beyond the log"));
        }
        return answer(
                down.or(() -> proofless),
                () ->
                        proofs.apply(
                                new LogConsistency(
                                        from,
                                        to,
                                        TreeProofs.consistency(this::hash, from, to).stream()
                                                .map(Base64.getEncoder()::encodeToString)
                                                .toList())));
    }

    @Override
    public Answer<LogProof> proof(long entry) {
        return proofOf("\"entry\":" + entry + ",");
    }

    @Override
    public Answer<LogProof> proof(RequestId request) {
        return proofOf("\"request\":\"" + request + "\"");
    }

    @Override
    public Answer<Page<ReceiptKey>> receiptKeys() {
        return answer(down, () -> new Page<>(receiptKeys, null));
    }

    private Answer<LogProof> proofOf(String words) {
        for (int index = 0; index < leaves.size(); index++) {
            var leaf = new String(leaves.get(index), StandardCharsets.UTF_8);
            if (leaf.contains(words)) {
                var note = NoteSigner.signAll(tree().text(), Samples.NOW, signers);
                var hashes = TreeProofs.inclusion(this::hash, index, leaves.size());
                var proof = new TlogProof(index, hashes, note).toString();
                var shown = new LogProof(index, leaf, proof);
                return answer(down, () -> entryProofs.apply(shown));
            }
        }
        return new Answer.Refused<>(FakeAdminClient.problem(ProblemCode.NOT_FOUND, "none"));
    }

    @Override
    public Answer<Page<CosignCheckpoint>> cosignatures(String cursor) {
        return answer(down, () -> new Page<>(cosigned, null));
    }

    @Override
    public Answer<Boolean> cosign(CosignCheckpoint signature) {
        return answer(down, () -> cosigned.add(signature));
    }

    @Override
    public Answer<Boolean> report(LogAlarm alarm) {
        return answer(down, () -> alarms.add(alarm));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals(AdminApi.AUDIT_CHECKPOINT)) {
            answer(exchange, checkpoint());
        } else if (path.equals(AdminApi.AUDIT_CONSISTENCY)) {
            var query = exchange.getRequestURI().getQuery().split("[=&]");
            answer(exchange, consistency(Long.parseLong(query[1]), Long.parseLong(query[3])));
        } else if (path.equals(AdminApi.AUDIT_COSIGNATURES)) {
            answer(
                    exchange,
                    exchange.getRequestMethod().equals("GET")
                            ? cosignatures("")
                            : cosign(body(exchange, CosignCheckpoint.class)));
        } else if (path.equals(AdminApi.AUDIT_ALARMS)) {
            answer(exchange, report(body(exchange, LogAlarm.class)));
        } else {
            answer(
                    exchange,
                    new Answer.Refused<>(FakeAdminClient.problem(ProblemCode.NOT_FOUND, path)));
        }
    }

    private static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
        return JSON.readValue(exchange.getRequestBody().readAllBytes(), type);
    }

    private static void answer(HttpExchange exchange, Answer<?> answer) throws IOException {
        switch (answer) {
            case Answer.Ok<?>(Boolean _) -> TlsSite.answer(exchange, 204, "");
            case Answer.Ok<?>(Object value) ->
                    TlsSite.answer(exchange, 200, JSON.writeValueAsString(value));
            case Answer.Refused<?>(Trouble.ByAppliance(var problem)) ->
                    TlsSite.answer(exchange, problem.status(), JSON.writeValueAsString(problem));
            case Answer.Refused<?>(Trouble _) -> exchange.close();
        }
    }

    private static <T> Answer<T> answer(
            Optional<Trouble> trouble, java.util.function.Supplier<T> value) {
        return trouble.<Answer<T>>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Ok<>(value.get()));
    }

    private byte[] hash(int level, long index) {
        return level == 0
                ? TreeHash.leaf(leaves.get((int) index))
                : TreeHash.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }

    private static byte[] entry(String what, int number) {
        return ("{\"" + what + "\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static NoteSigner signer(String origin, NoteAlgorithm algorithm) {
        try {
            var pair = KeyPairGenerator.getInstance(algorithm.jcaName()).generateKeyPair();
            var pkcs8 = pair.getPrivate().getEncoded();
            var signer = NoteSigner.of(NoteVerifier.of(origin, algorithm, pair.getPublic()), pkcs8);
            Arrays.fill(pkcs8, (byte) 0);
            return signer;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
