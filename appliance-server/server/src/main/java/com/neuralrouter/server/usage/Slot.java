package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One request's place in the journal's file. It goes from {@link #FREE} to {@link #OPEN} to {@link
 * #CLOSED} and back. Each state is stored with release semantics after what it vouches for, so
 * whoever sees the state, in this process or in the next one, sees that too; and each part has a
 * checksum (CRC32C, RFC 3720, section 12.1), for a machine that went down while the kernel was
 * writing.
 *
 * <pre>
 *   0 state        4 checksum of the beginning   8 checksum of the end   16 position
 *  24 beginning:   request 24, started 40, workspace 48, key 64, stream 80,
 *                site version 84, model 88
 * 296 end:         outcome 296, problem 312, provider 344, provider there 360, status 364,
 *                  attempts 368, estimated 372, first byte 376, duration 384, input 392,
 *                  output 400, served model 408, jurisdiction 616, region 648, policy 696,
 *                  cached 768, cache writes 776, reasoning 784, cost 792, queue 800, sent 808,
 *                  currency 816, price book 820, tokens of who was overtaken 888,
 *                  receipt 896, guardrails 960
 * </pre>
 *
 * <p>Text is one byte of length and UTF-8; enums go by name, so that a journal left behind can be
 * read by the next version.
 */
record Slot(MemorySegment file, long at) {
    static final int BYTES = 1152;
    static final int FREE = 0;
    static final int OPEN = 1;
    static final int CLOSED = 2;

    private static final int POSITION = 16;
    private static final int BEGINNING = 24;
    private static final int MODEL = 88;
    private static final int END = 296;
    private static final int PROBLEM = 312;
    private static final int PROVIDER = 344;
    private static final int INPUT = 392;
    private static final int OUTPUT = 400;
    private static final int SERVED_MODEL = 408;
    private static final int JURISDICTION = 616;
    private static final int REGION = 648;
    private static final int POLICY = 696;
    private static final int CACHED = 768;
    private static final int COST = 792;
    private static final int CURRENCY = 816;
    private static final int PRICE_BOOK = 820;
    private static final int OVERTAKEN = 888;
    private static final int RECEIPT = 896;
    private static final int GUARDRAILS = 960;
    private static final int END_OF_END = 1152;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final VarHandle STATE = INT.varHandle();

    /** Makes the slot one of a request that begins; the caller owns the slot. */
    void open(RequestStarted started) {
        file.set(LONG, at + POSITION, 0);
        used(TokenCounts.NONE, RequestCost.UNKNOWN);
        put(24, started.id().value());
        file.set(LONG, at + 40, started.startedAtMillis());
        put(48, started.workspaceId().value());
        put(64, started.apiKeyId().value());
        file.set(INT, at + 80, started.stream() ? 1 : 0);
        file.set(INT, at + 84, (int) started.siteVersion());
        put(MODEL, END, started.model());
        file.set(INT, at + 4, checksum(BEGINNING, END));
        STATE.setRelease(file, at, OPEN);
    }

    /**
     * Records what the request has used so far, in the place of its end. Each number is written
     * whole; no checksum vouches for them before the end is there.
     */
    void used(TokenCounts soFar, RequestCost cost) {
        file.set(LONG, at + INPUT, soFar.input());
        file.set(LONG, at + OUTPUT, soFar.output());
        file.set(LONG, at + COST, cost.micros());
        put(CURRENCY, PRICE_BOOK, cost.currency());
        put(PRICE_BOOK, OVERTAKEN, cost.priceBook());
        file.set(LONG, at + OVERTAKEN, cost.overtakenTokens());
    }

    /** What a request that has not ended had used; an estimate. */
    TokenCounts used() {
        return new TokenCounts(
                Math.max(0, file.get(LONG, at + INPUT)),
                Math.max(0, file.get(LONG, at + OUTPUT)),
                true);
    }

    /** What that had cost. */
    RequestCost usedCost() {
        return new RequestCost(
                Math.max(-1, file.get(LONG, at + COST)),
                text(CURRENCY),
                text(PRICE_BOOK),
                Math.max(0, file.get(LONG, at + OVERTAKEN)));
    }

    /** Records the end of the request; the caller owns the slot. */
    void close(RequestEnded ended) {
        put(END, PROBLEM, ended.outcome().name());
        put(PROBLEM, PROVIDER, ended.problem() == null ? "" : ended.problem().name());
        ProviderId provider = ended.provider();
        put(PROVIDER, provider == null ? new UUID(0, 0) : provider.value());
        file.set(INT, at + 360, provider == null ? 0 : 1);
        file.set(INT, at + 364, ended.status());
        file.set(INT, at + 368, ended.attempts());
        file.set(INT, at + 372, ended.tokens().estimated() ? 1 : 0);
        file.set(LONG, at + 376, ended.firstByteMicros());
        file.set(LONG, at + 384, ended.durationMicros());
        file.set(LONG, at + INPUT, ended.tokens().input());
        file.set(LONG, at + OUTPUT, ended.tokens().output());
        put(SERVED_MODEL, JURISDICTION, ended.servedModel() == null ? "" : ended.servedModel());
        put(JURISDICTION, REGION, ended.residency().jurisdiction());
        put(REGION, POLICY, ended.residency().region());
        put(POLICY, CACHED, ended.residency().policy());
        file.set(LONG, at + CACHED, ended.tokens().cachedInput());
        file.set(LONG, at + 776, ended.tokens().cacheWrites());
        file.set(LONG, at + 784, ended.tokens().reasoning());
        file.set(LONG, at + COST, ended.cost().micros());
        file.set(LONG, at + 800, ended.waits().queueMicros());
        file.set(LONG, at + 808, ended.waits().sentMicros());
        put(CURRENCY, PRICE_BOOK, ended.cost().currency());
        put(PRICE_BOOK, OVERTAKEN, ended.cost().priceBook());
        file.set(LONG, at + OVERTAKEN, ended.cost().overtakenTokens());
        put(RECEIPT, GUARDRAILS, ended.receipt());
        put(GUARDRAILS, END_OF_END, ended.residency().guardrails());
        file.set(INT, at + 8, checksum(END, END_OF_END));
        STATE.setRelease(file, at, CLOSED);
    }

    /** Makes the slot one that nobody uses: its record is stored, or can't be read. */
    void free() {
        STATE.setRelease(file, at, FREE);
    }

    int state() {
        return (int) STATE.getAcquire(file, at);
    }

    /**
     * Under which position the record was, or was about to be, stored; 0 if there was no attempt.
     */
    long position() {
        return file.get(LONG, at + POSITION);
    }

    void position(long position) {
        file.set(LONG, at + POSITION, position);
    }

    /** What was known when the request began; empty if the slot is damaged. */
    Optional<RequestStarted> started() {
        if (file.get(INT, at + 4) != checksum(BEGINNING, END)) {
            return Optional.empty();
        }
        return Optional.of(
                new RequestStarted(
                        new RequestId(uuid(24)),
                        file.get(LONG, at + 40),
                        new WorkspaceId(uuid(48)),
                        new ApiKeyId(uuid(64)),
                        text(MODEL),
                        file.get(INT, at + 80) == 1,
                        Integer.toUnsignedLong(file.get(INT, at + 84))));
    }

    /** How the request ended; empty if that is damaged, or says what this version does not know. */
    Optional<RequestEnded> ended() {
        if (file.get(INT, at + 8) != checksum(END, END_OF_END)) {
            return Optional.empty();
        }
        String problem = text(PROBLEM);
        boolean served = file.get(INT, at + 360) == 1;
        try {
            return Optional.of(
                    new RequestEnded(
                            Outcome.valueOf(text(END)),
                            file.get(INT, at + 364),
                            problem.isEmpty() ? null : ProblemCode.valueOf(problem),
                            served ? new ProviderId(uuid(PROVIDER)) : null,
                            served ? text(SERVED_MODEL) : null,
                            file.get(INT, at + 368),
                            file.get(LONG, at + 376),
                            file.get(LONG, at + 384),
                            tokens(),
                            new Residency(
                                    text(JURISDICTION),
                                    text(REGION),
                                    text(POLICY),
                                    text(GUARDRAILS)),
                            new RequestCost(
                                    file.get(LONG, at + COST),
                                    text(CURRENCY),
                                    text(PRICE_BOOK),
                                    file.get(LONG, at + OVERTAKEN)),
                            new Waits(file.get(LONG, at + 800), file.get(LONG, at + 808)),
                            text(RECEIPT)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private TokenCounts tokens() {
        return new TokenCounts(
                file.get(LONG, at + INPUT),
                file.get(LONG, at + CACHED),
                file.get(LONG, at + 776),
                file.get(LONG, at + OUTPUT),
                file.get(LONG, at + 784),
                file.get(INT, at + 372) == 1);
    }

    private int checksum(int from, int to) {
        CRC32C checksum = new CRC32C();
        checksum.update(file.asSlice(at + from, to - from).asByteBuffer());
        return (int) checksum.getValue();
    }

    private void put(int field, UUID value) {
        file.set(LONG, at + field, value.getMostSignificantBits());
        file.set(LONG, at + field + 8, value.getLeastSignificantBits());
    }

    private UUID uuid(int field) {
        return new UUID(file.get(LONG, at + field), file.get(LONG, at + field + 8));
    }

    /** What does not fit before the next field is cut off, between two characters. */
    private void put(int field, int next, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, next - field - 1);
        while (length < text.length && (text[length] & 0xc0) == 0x80) {
            length--;
        }
        file.set(BYTE, at + field, (byte) length);
        MemorySegment.copy(text, 0, file, BYTE, at + field + 1, length);
    }

    private String text(int field) {
        byte[] text = new byte[file.get(BYTE, at + field) & 0xff];
        MemorySegment.copy(file, BYTE, at + field + 1, text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }
}
