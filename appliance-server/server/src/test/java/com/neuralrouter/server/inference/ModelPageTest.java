package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.Terms;

import io.helidon.common.uri.UriQuery;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ModelPageTest {
    private static final Route.Upstream SOME =
            new Route.Upstream(
                    new Endpoint(
                            new ProviderId(new UUID(0, 1)),
                            "loopback",
                            ProviderKind.LOOPBACK,
                            null,
                            Authentication.NONE,
                            null),
                    "m",
                    Choice.PLAIN,
                    Terms.UNDECLARED);
    private static final List<Route> ALL =
            Stream.of("a", "b", "c", "d")
                    .map(model -> TestRoutes.to(model, TestRoutes.ways(Strategy.WEIGHTED), SOME))
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "'', abcd, false",
        "limit=2, ab, true",
        "limit=4, abcd, false",
        "limit=1000, abcd, false",
        "after_id=b, cd, false",
        "limit=1&after_id=b, c, true",
        "after_id=d, '', false",
        "before_id=c, ab, false",
        "limit=1&before_id=c, b, true",
        "before_id=a, '', false"
    })
    void isThePartThatIsAskedFor(String query, String models, boolean more) {
        ModelPage page = ModelPage.of(ALL, UriQuery.create(query));

        assertThat(page.routes().stream().map(Route::model).collect(Collectors.joining()))
                .isEqualTo(models);
        assertThat(page.hasMore()).isEqualTo(more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=",
                "limit=99999999999",
                "limit=x",
                "after_id=z",
                "before_id=a&after_id=b"
            })
    void isRefusedWhereThereIsNone(String query) {
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> ModelPage.of(ALL, UriQuery.create(query)))
                .satisfies(refused ->
                        assertThat(refused.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST));
    }
}
