package com.neuralrouter.server.usage;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;

import java.util.List;
import java.util.OptionalLong;

/**
 * {@code GET /admin/v1/requests}: the inference requests that have ended, newest first, or with
 * {@code after} those stored since that position, oldest first. A client that asks again and again
 * with the last position it has seen misses none.
 */
public final class RequestEndpoints implements AdminEndpoints {
    private final UsageStore store;

    public RequestEndpoints(UsageStore store) {
        this.store = store;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.REQUESTS, this::list);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.REQUESTS_READ);
        int limit = request.limit();
        OptionalLong after = request.number("after");
        OptionalLong cursor = request.number("cursor");
        if (after.isPresent() && cursor.isPresent()) {
            throw AdminRefused.field("after", "cannot be sent together with cursor");
        }

        List<RequestSummary> found =
                after.isPresent()
                        ? store.after(after.getAsLong(), limit + 1)
                        : store.before(cursor.orElse(Long.MAX_VALUE), limit + 1);

        boolean more = found.size() > limit;
        List<RequestSummary> page = more ? found.subList(0, limit) : found;
        return AdminAnswer.ok(
                new Page<>(page, more ? Long.toString(page.getLast().position()) : null));
    }
}
