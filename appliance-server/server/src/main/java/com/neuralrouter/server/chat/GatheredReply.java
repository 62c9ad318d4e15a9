package com.neuralrouter.server.chat;

import com.neuralrouter.server.chat.ReplyEvent.Finished;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Puts the events of an answer together again. Used by one thread. */
public final class GatheredReply {
    private static final TokenUsage NO_USAGE = new TokenUsage(0, 0, 0, 0, 0);

    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable ReplyEvent open;
    private @Nullable TokenUsage usage;
    private Finished finished = new Finished(FinishReason.STOP, "");

    public void add(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.TextDelta delta -> more(delta, delta.text());
            case ReplyEvent.ReasoningDelta delta -> more(delta, delta.text());
            case ReplyEvent.RefusalDelta delta -> more(delta, delta.text());
            case ReplyEvent.ReasoningSealed seal -> sealed(seal);
            case ReplyEvent.ToolCallBegun begun -> {
                end();
                open = begun;
            }
            case ReplyEvent.ArgumentsDelta delta -> text.append(delta.json());
            case ReplyEvent.UsageReported reported -> usage = reported.usage();
            case Finished end -> {
                end();
                finished = end;
            }
            case ReplyEvent.Begun _, ReplyEvent.Failed _ -> {}
        }
    }

    /** What was said, in order. */
    public List<Part> parts() {
        end();
        return List.copyOf(parts);
    }

    /** All text, joined. */
    public String text() {
        var all = new StringBuilder();
        for (Part part : parts()) {
            if (part instanceof Part.Text said) {
                all.append(said.text());
            }
        }
        return all.toString();
    }

    /** What it cost; zeroes if it is not known. */
    public TokenUsage usage() {
        TokenUsage known = usage;
        return known == null ? NO_USAGE : known;
    }

    public Finished finished() {
        return finished;
    }

    private void more(ReplyEvent delta, String piece) {
        if (open == null || open.getClass() != delta.getClass()) {
            end();
            open = delta;
        }
        text.append(piece);
    }

    private void sealed(ReplyEvent.ReasoningSealed seal) {
        boolean thought = open instanceof ReplyEvent.ReasoningDelta;
        String thoughts = thought ? text.toString() : "";
        if (thought) {
            open = null;
            text.setLength(0);
        }
        end();
        parts.add(new Part.Reasoning("", thoughts, seal.seal(), seal.sealOnly()));
    }

    private void end() {
        String whole = text.toString();
        switch (open) {
            case ReplyEvent.TextDelta _ -> parts.add(new Part.Text("", whole));
            case ReplyEvent.ReasoningDelta _ -> parts.add(new Part.Reasoning("", whole, "", false));
            case ReplyEvent.RefusalDelta _ -> parts.add(new Part.Refusal("", whole));
            case ReplyEvent.ToolCallBegun call ->
                    parts.add(
                            new Part.ToolCall(
                                    "", call.id(), call.name(), whole.isEmpty() ? "{}" : whole));
            case null, default -> {}
        }
        open = null;
        text.setLength(0);
    }
}
