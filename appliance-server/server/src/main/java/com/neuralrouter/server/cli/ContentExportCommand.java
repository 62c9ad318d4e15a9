package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;

/** {@code neural-router content export}: what is kept of some requests, in a folder. */
@Command(
        name = "export",
        header = "Write what is kept of a person's, a key's or all requests into a folder.",
        description = {
            "",
            "Each request becomes two files, ID.request and ID.answer. They lie there in the"
                    + " clear, for you alone to read: give them to whom they are for, and delete"
                    + " them.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router content export --site /var/lib/neural-router \\",
            "      --workspace legal --subject u-4711 --reason \"access request 12\" \\",
            "      --to answer-12"
        },
        mixinStandardHelpOptions = true)
final class ContentExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final ContentOfOption what = new ContentOfOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the files go; it is made if it is not there.")
    private Path folder = Path.of("");

    ContentExportCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        SiteFolder from = site.existing();
        if (!Files.isDirectory(folder)) {
            PrivateFile.folder(folder);
        }
        try (var client = AdminClient.of(from)) {
            ContentOf of = what.of(client);
            @Nullable RequestId after = null;
            int written = 0;
            boolean more = true;
            while (more) {
                JsonNode page =
                        client.post(
                                AdminApi.CONTENT_EXPORT,
                                new ExportContent(of, what.reason(), after),
                                JsonNode.class);
                for (JsonNode each : page.path("items")) {
                    KeptContent kept = JsonMapper.shared().treeToValue(each, KeptContent.class);
                    after = kept.head().request();
                    write(after + ".request", kept.requestBody());
                    write(after + ".answer", kept.answerBody());
                    written++;
                }
                more = !page.path("nextCursor").asString("").isEmpty();
            }
            terminal.print("Requests whose content is in " + folder + ": " + written + ".");
            return ExitCode.OK;
        }
    }

    private void write(String name, String base64) {
        PrivateFile.create(folder.resolve(name), Base64.getDecoder().decode(base64));
    }
}
