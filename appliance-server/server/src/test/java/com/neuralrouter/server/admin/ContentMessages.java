package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ErasedContent;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;
import java.util.Map;

/** The messages about content that is kept, for {@link WireMessages}. */
final class ContentMessages {
    private static final Instant AT = Instant.parse("2027-01-31T12:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2027-04-30T12:00:00Z");
    private static final WorkspaceId WORKSPACE = new WorkspaceId(WireMessages.id(1));
    private static final ApiKeyId API_KEY = new ApiKeyId(WireMessages.id(3));
    private static final RequestId REQUEST = new RequestId(WireMessages.id(5));

    private ContentMessages() {}

    static void addTo(Map<String, Object> all) {
        var head = new KeptContentHead(REQUEST, WORKSPACE, API_KEY, AT, LATER, 4, false);
        all.put("KeptContentHead", head);
        all.put("ContentOf", new ContentOf(WORKSPACE, null, API_KEY, null));
        all.put("KeptContent", new KeptContent(head, "e30=", "e30="));
        all.put("ReadContent", new ReadContent(REQUEST, "complaint 17"));
        all.put(
                "ExportContent",
                new ExportContent(ContentOf.subject(WORKSPACE, "u-4711"), "request 12", REQUEST));
        all.put("EraseContent", new EraseContent(ContentOf.all(WORKSPACE), "request 9"));
        all.put("ErasedContent", new ErasedContent(17, LATER));
    }
}
