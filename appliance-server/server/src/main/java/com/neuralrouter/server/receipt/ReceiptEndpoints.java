package com.neuralrouter.server.receipt;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;

/** {@code /admin/v1/receipt-keys}. */
public final class ReceiptEndpoints implements AdminEndpoints {
    private final Receipts receipts;
    private final ReceiptKeyCommands commands;

    public ReceiptEndpoints(Receipts receipts, ReceiptKeyCommands commands) {
        this.receipts = receipts;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.RECEIPT_KEYS, this::list);
        routes.post(AdminApi.RECEIPT_KEYS_ROTATE, this::rotate);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.KEYS_READ);
        return AdminAnswer.ok(new Page<>(receipts.keys().published(), null));
    }

    private AdminAnswer rotate(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.KEYS_MANAGE);
        return AdminAnswer.ok(new Page<>(commands.rotate(by), null));
    }
}
