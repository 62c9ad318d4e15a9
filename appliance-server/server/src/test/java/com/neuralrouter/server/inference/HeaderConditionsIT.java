package com.neuralrouter.server.inference;

import static com.neuralrouter.server.inference.TestRoutes.upstream;
import static com.neuralrouter.server.inference.TestRoutes.when;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** What a request's headers decide, over real sockets. */
class HeaderConditionsIT {
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.first.always(FakeUpstream.json("{\"choices\":[],\"by\":\"first\"}"));
        gateway.second.always(FakeUpstream.json("{\"choices\":[],\"by\":\"second\"}"));
        String gold = "header[\"x-tier\"] in [\"gold\", \"gold,plain\"]";
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY, "x-tier"),
                                upstream("first", gateway.first, when(gold, "x-tier")),
                                upstream("second", gateway.second))));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private String servedWith(String headers) throws IOException {
        Answer answer =
                Answer.to(
                        gateway,
                        Answer.chat(
                                gateway, "connection: close\r\n" + headers, Answer.body("m", "")));
        return answer.status() == 200 ? answer.json().path("by").asString() : answer.errorCode();
    }

    @Test
    void aDeclaredHeaderReachesTheConditionHoweverItsNameIsWritten() throws IOException {
        assertThat(servedWith("x-tier: gold\r\n")).isEqualTo("first");
        assertThat(servedWith("X-TIER: gold\r\n")).isEqualTo("first");
        assertThat(servedWith("x-tier: silver\r\n")).isEqualTo("second");
        assertThat(servedWith("")).isEqualTo("second");
    }

    @Test
    void severalValuesAreOneListAsInHttp() throws IOException {
        assertThat(servedWith("x-tier: gold\r\nx-tier: plain\r\n")).isEqualTo("first");
    }

    @Test
    void aHeaderThatTheRouteDoesNotDeclareDecidesNothing() throws IOException {
        assertThat(servedWith("x-class: gold\r\n")).isEqualTo("second");
    }

    @Test
    void aHeaderThatIsTooLongIsRefusedRatherThanCutOff() throws IOException {
        assertThat(servedWith("x-tier: " + "g".repeat(1_001) + "\r\n"))
                .isEqualTo("malformed_request");
        assertThat(servedWith("x-class: " + "g".repeat(1_001) + "\r\n")).isEqualTo("second");
    }
}
