package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Which of the content that a workspace keeps is meant: all of it, or what one of the others says;
 * at most one of them.
 *
 * @param subject what apps call the person in their requests
 * @param apiKey requests that came with that key
 * @param request that one request
 */
public record ContentOf(
        WorkspaceId workspace,
        @Nullable String subject,
        @Nullable ApiKeyId apiKey,
        @Nullable RequestId request) {

    /** All that the workspace keeps. */
    public static ContentOf all(WorkspaceId workspace) {
        return new ContentOf(workspace, null, null, null);
    }

    /** What is about one person. */
    public static ContentOf subject(WorkspaceId workspace, String subject) {
        return new ContentOf(workspace, subject, null, null);
    }

    /** Shows nobody. */
    @Override
    public String toString() {
        return "ContentOf[workspace=" + workspace + ", subject=redacted]";
    }
}
