package com.neuralrouter.server.cli;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.util.UUID;

/** Which of what a workspace keeps, and why somebody wants it. */
final class ContentOfOption {
    @Option(names = "--workspace", required = true, paramLabel = "NAME", description = "Where.")
    private String workspace = "";

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "For the audit trail.")
    private String reason = "";

    /** One of the four. */
    private static final class Which {
        @Option(
                names = "--subject",
                paramLabel = "TEXT",
                description =
                        "What is about one person, named as apps name them: 'user',"
                                + " 'safety_identifier' or 'metadata.user_id'.")
        private @Nullable String subject;

        @Option(
                names = "--api-key",
                paramLabel = "ID",
                description = "What came with one API key, as an employee has one.")
        private @Nullable UUID apiKey;

        @Option(names = "--request", paramLabel = "ID", description = "One request's.")
        private @Nullable UUID request;

        @Option(names = "--all", description = "All that the workspace keeps.")
        private boolean all;

        ContentOf in(WorkspaceId workspace) {
            if (all) {
                return ContentOf.all(workspace);
            }
            return new ContentOf(
                    workspace,
                    subject,
                    apiKey == null ? null : new ApiKeyId(apiKey),
                    request == null ? null : new RequestId(request));
        }
    }

    ContentOf of(AdminClient client) {
        return which.in(NamedWorkspace.id(client, workspace));
    }

    String reason() {
        return reason;
    }
}
