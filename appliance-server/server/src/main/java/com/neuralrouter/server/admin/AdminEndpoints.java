package com.neuralrouter.server.admin;

/** A feature's part of the admin API: which paths it answers, and how. */
public interface AdminEndpoints {

    /** Called once, when the listener is put together. */
    void addTo(Routes routes);

    /** Takes the paths. A pattern is Helidon's, as in {@code /admin/v1/api-keys/{id}/revoke}. */
    interface Routes {
        void get(String pattern, Handler handler);

        void post(String pattern, Handler handler);

        void delete(String pattern, Handler handler);
    }

    /**
     * Answers one request. Called on the request's own virtual thread; throws {@link AdminRefused}
     * to refuse it.
     */
    interface Handler {
        AdminAnswer handle(AdminHttpRequest request);
    }
}
