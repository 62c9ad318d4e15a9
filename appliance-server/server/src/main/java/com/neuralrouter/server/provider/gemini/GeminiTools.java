package com.neuralrouter.server.provider.gemini;

import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code tools} and {@code toolConfig}. */
final class GeminiTools {

    private GeminiTools() {}

    static void write(Tools tools, ObjectNode body) {
        if (tools.list().isEmpty()) {
            return;
        }
        if (!tools.parallel()) {
            throw new Inexpressible(
                    tools.parallelAt(), "cannot be switched off in Gemini's format");
        }
        ArrayNode declarations =
                body.putArray("tools").addObject().putArray("functionDeclarations");
        for (Tool tool : tools.list()) {
            ObjectNode declaration = declarations.addObject().put("name", tool.name());
            if (!tool.description().isEmpty()) {
                declaration.put("description", tool.description());
            }
            declaration.set("parametersJsonSchema", tool.parameters());
        }
        choice(tools, body);
    }

    /** The modes ANY and VALIDATED make sure that arguments fit their schema; AUTO does not. */
    private static void choice(Tools tools, ObjectNode body) {
        switch (tools.choice()) {
            case Choice.Auto.AUTO -> {
                if (tools.list().stream().anyMatch(Tool::strict)) {
                    calling(body, "VALIDATED");
                }
            }
            case Choice.Auto.NONE -> calling(body, "NONE");
            case Choice.Auto.REQUIRED -> calling(body, "ANY");
            case Choice.Named named ->
                    calling(body, "ANY").putArray("allowedFunctionNames").add(named.name());
        }
    }

    private static ObjectNode calling(ObjectNode body, String mode) {
        return body.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
    }
}
