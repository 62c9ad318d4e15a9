package com.neuralrouter.server.content;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.content.KeptContentStore.Wanted;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an erasure was of, as the target of its entry in the audit log says for ever: {@code
 * content/WORKSPACE}, and behind that nothing, {@code /request/ID}, {@code /api_key/ID} or {@code
 * /subject/HASH}. Names nobody.
 */
final class ContentErasure {
    static final String ACTION = "content.erased";

    private static final Pattern TARGET =
            Pattern.compile(
                    "content/([0-9a-f-]{36})(?:/(request|api_key|subject)/([0-9A-Za-z_-]{1,43}))?");

    private ContentErasure() {}

    static String target(Wanted wanted) {
        String of = "content/" + wanted.workspace();
        if (wanted.request() != null) {
            return of + "/request/" + wanted.request();
        }
        if (wanted.apiKey() != null) {
            return of + "/api_key/" + wanted.apiKey();
        }
        return wanted.subject() == null ? of : of + "/subject/" + wanted.subject();
    }

    /** Empty for what is no such target. */
    static Optional<Wanted> wanted(String target) {
        Matcher parts = TARGET.matcher(target);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var workspace = new WorkspaceId(UUID.fromString(parts.group(1)));
        String kind = parts.group(2) == null ? "" : parts.group(2);
        String which = parts.group(3);
        return Optional.of(
                switch (kind) {
                    case "request" ->
                            new Wanted(
                                    workspace, null, null, new RequestId(UUID.fromString(which)));
                    case "api_key" ->
                            new Wanted(workspace, null, new ApiKeyId(UUID.fromString(which)), null);
                    case "subject" -> new Wanted(workspace, which, null, null);
                    default -> new Wanted(workspace, null, null, null);
                });
    }
}
