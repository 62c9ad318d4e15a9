package com.neuralrouter.desktop.witness;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.TlogProof;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether an entry that is shown is in the log that this desktop watches. */
public sealed interface EntryProof {

    /**
     * It is, word for word as far as the log has it readable.
     *
     * @param index its place in the tree, from 0
     * @param tree in which it is
     * @param leaf what the log has of it, JSON
     * @param file the proof as a file that others check (C2SP tlog-proof)
     */
    record Proven(long index, Checkpoint tree, String leaf, String file) implements EntryProof {}

    /** The proof proves nothing, or something else. */
    record Wrong() implements EntryProof {}

    /** The log has another entry in its place than the one that is shown. */
    record Differs(String leaf) implements EntryProof {}

    /** The log contradicts what is remembered: see the alarm. */
    record Alarmed() implements EntryProof {}

    /** It can't be told. */
    record Unavailable(Trouble trouble) implements EntryProof {}

    /** Reads the proof; empty if it is none, or not of this log. Nothing in it is trusted. */
    static Optional<TlogProof> verified(Remembered log, LogProof shown) {
        try {
            TlogProof proof = TlogProof.parse(shown.proof());
            byte[] leaf = shown.leaf().getBytes(StandardCharsets.UTF_8);
            return Optional.of(proof)
                    .filter(each ->
                            each.index() == shown.index()
                                    && each.proves(leaf, log.checkpoint().origin(), log.keys()));
        } catch (MalformedNote malformed) {
            return Optional.empty();
        }
    }

    /** Whether the leaf says of a request what is shown of it, as far as it says it. */
    static boolean isOf(RequestSummary request, LogProof proof) {
        try {
            JsonNode leaf = JsonMapper.shared().readTree(proof.leaf());
            var problem = request.problem();
            return leaf.path("sequence").asLong(-1) == proof.index()
                    && says(leaf, "request", request.id().toString())
                    && says(leaf, "workspace", request.workspaceId().toString())
                    && says(leaf, "key", request.apiKeyId().toString())
                    && says(leaf, "model", request.model())
                    && leaf.path("outcome").asString("").equalsIgnoreCase(request.outcome().name())
                    && leaf.path("status").asInt(-1) == request.status()
                    && says(leaf, "problem", problem == null ? null : problem.wire())
                    && says(leaf, "served", request.servedModel())
                    && says(leaf, "jurisdiction", request.jurisdiction())
                    && says(leaf, "region", request.region())
                    && says(leaf, "policy", request.policy())
                    && says(leaf, "guardrails", request.guardrails())
                    && leaf.at("/tokens/input").asLong(-1) == request.inputTokens()
                    && leaf.at("/tokens/output").asLong(-1) == request.outputTokens();
        } catch (JacksonException notALeaf) {
            return false;
        }
    }

    private static boolean says(JsonNode leaf, String name, @Nullable String shown) {
        return leaf.path(name).asString("").equals(shown == null ? "" : shown);
    }

    /** Whether the leaf says what is shown, in all that a leaf says without a key. */
    static boolean isOf(AuditEntry entry, LogProof proof) {
        try {
            JsonNode leaf = JsonMapper.shared().readTree(proof.leaf());
            return leaf.path("sequence").asLong(-1) == proof.index()
                    && leaf.path("entry").asLong(-1) == entry.sequence()
                    && leaf.path("action").asString("").equals(entry.action())
                    && leaf.path("target").asString("").equals(entry.target())
                    && leaf.path("request").asString("").equals(entry.requestId())
                    && leaf.path("outcome").asString("").equalsIgnoreCase(entry.outcome().name())
                    && leaf.path("actor").path("type").asString("").equals(entry.actor().type())
                    && Instant.parse(leaf.path("happened").asString(""))
                            .equals(entry.at().truncatedTo(ChronoUnit.MICROS));
        } catch (JacksonException | DateTimeException notALeaf) {
            return false;
        }
    }
}
