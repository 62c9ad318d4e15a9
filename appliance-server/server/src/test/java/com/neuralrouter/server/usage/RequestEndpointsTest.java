package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Role;
import com.neuralrouter.server.admin.AdminServer;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

@Tag("store")
class RequestEndpointsTest {
    @TempDir Path folder;
    private TestSite site;
    private AdminServer server;
    private AdminServer.Client owner;

    @BeforeEach
    void start() {
        site = new TestSite(folder);
        var store = new UsageStore(site.database);
        store.insert(
                LongStream.rangeClosed(1, 5)
                        .mapToObj(number ->
                                new RequestRecord(
                                        number, Requests.started(number), Requests.completed()))
                        .toList());
        server = new AdminServer(site, List.of(new RequestEndpoints(store)));
        owner = server.client(Role.OWNER);
    }

    @AfterEach
    void stop() {
        owner.close();
        server.close();
        site.close();
    }

    @Test
    void listsTheNewestFirstAndGoesOnWithTheCursor() throws Exception {
        JsonNode first = get("?limit=3");
        JsonNode second = get("?limit=3&cursor=" + first.get("nextCursor").asString());

        assertThat(positions(first)).containsExactly(5L, 4L, 3L);
        assertThat(positions(second)).containsExactly(2L, 1L);
        assertThat(second.has("nextCursor")).isFalse();
    }

    @Test
    void listsWhatIsNewOldestFirst() throws Exception {
        JsonNode news = get("?after=2&limit=2");

        assertThat(positions(news)).containsExactly(3L, 4L);
        assertThat(news.get("nextCursor").asString()).isEqualTo("4");
        assertThat(positions(get("?after=5"))).isEmpty();
    }

    @Test
    void tellsMetadataOnly() throws Exception {
        JsonNode newest = get("?limit=1").get("items").get(0);

        assertThat(newest.get("model").asString()).isEqualTo("chat-large");
        assertThat(newest.get("servedModel").asString()).isEqualTo("llama-70b");
        assertThat(newest.get("outcome").asString()).isEqualTo("COMPLETED");
        assertThat(newest.get("inputTokens").asLong()).isEqualTo(120);
        assertThat(newest.get("durationMicros").asLong()).isEqualTo(9_000);
    }

    @Test
    void refusesTwoWaysOfPagingAtOnce() throws Exception {
        HttpResponse<String> answer = owner.get("/admin/v1/requests?after=1&cursor=3");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"after\"");
    }

    private JsonNode get(String query) throws Exception {
        HttpResponse<String> answer = owner.get("/admin/v1/requests" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<Long> positions(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(item -> item.get("position").asLong())
                .toList();
    }
}
