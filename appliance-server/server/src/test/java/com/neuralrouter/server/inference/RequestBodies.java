package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;

/** A good request for each operation, for the model "m". */
final class RequestBodies {
    private RequestBodies() {}

    /** Offers a tool, has an image, asks for many tokens, where there is such a thing. */
    static String of(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS ->
                    """
                    {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hi"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}],
                    "max_tokens":500,"tools":[{"type":"function","function":{"name":"shell"}}]}
                    """;
            case MESSAGES ->
                    """
                    {"model":"m","max_tokens":500,"messages":[{"role":"user","content":[
                    {"type":"text","text":"hi"},{"type":"image","source":{"type":"base64",
                    "media_type":"image/png","data":"AA=="}}]}],
                    "tools":[{"name":"shell","input_schema":{"type":"object"}}]}
                    """;
            case RESPONSES ->
                    """
                    {"model":"m","max_output_tokens":500,"input":[{"role":"user","content":[
                    {"type":"input_text","text":"hi"},
                    {"type":"input_image","image_url":"data:image/png;base64,AA=="}]}],
                    "tools":[{"type":"function","name":"shell","parameters":{}}]}
                    """;
            case COMPLETIONS -> "{\"model\":\"m\",\"prompt\":\"hi\",\"max_tokens\":500}";
            case COUNT_TOKENS ->
                    """
                    {"model":"m","messages":[{"role":"user","content":[
                    {"type":"text","text":"hi"},{"type":"image","source":{"type":"base64",
                    "media_type":"image/png","data":"AA=="}}]}],
                    "tools":[{"name":"shell","input_schema":{"type":"object"}}]}
                    """;
            case RERANK -> "{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"d\"]}";
            case IMAGES -> "{\"model\":\"m\",\"prompt\":\"hi\"}";
            case SPEECH -> "{\"model\":\"m\",\"input\":\"hi\",\"voice\":\"alloy\"}";
            case EMBEDDINGS, MODERATIONS -> "{\"model\":\"m\",\"input\":\"hi\"}";
            case TRANSCRIPTIONS -> form("model", "m", "prompt", "hi");
        };
    }

    /** The type of the bodies that go to that path. */
    static String type(String path) {
        return path.endsWith("/transcriptions")
                ? "multipart/form-data; boundary=b"
                : "application/json";
    }

    /** A form with these fields and a sound. */
    static String form(String... namesAndValues) {
        var form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append("--b\r\ncontent-disposition: form-data; name=\"")
                    .append(namesAndValues[i])
                    .append("\"\r\n\r\n")
                    .append(namesAndValues[i + 1])
                    .append("\r\n");
        }
        return form
                + "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                + "content-type: audio/wav\r\n\r\nRIFF\u0000 a sound\r\n--b--\r\n";
    }
}
