package com.neuralrouter.server.backup;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupDrill;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;

import java.io.IOException;
import java.util.List;

/** {@code /admin/v1/backups}: what there is, and work on it, which goes on behind the answer. */
public final class BackupEndpoints implements AdminEndpoints {
    private final Backups backups;

    public BackupEndpoints(Backups backups) {
        this.backups = backups;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.BACKUPS, this::list);
        routes.post(AdminApi.BACKUPS, this::create);
        routes.post(AdminApi.BACKUPS + "/{name}" + AdminApi.VERIFY, this::verify);
        routes.post(AdminApi.BACKUP_DRILLS, this::drilled);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.BACKUPS_READ);
        try {
            return AdminAnswer.ok(backups.list());
        } catch (IOException _) {
            throw new AdminRefused(
                    ProblemCode.STORE_UNAVAILABLE, "The folder of the backups can't be read.");
        }
    }

    private AdminAnswer create(AdminHttpRequest request) {
        return AdminAnswer.created(
                backups.create(
                        request.authorise(Permission.BACKUPS_MANAGE),
                        List.of(BackupKind.values())));
    }

    private AdminAnswer verify(AdminHttpRequest request) {
        return AdminAnswer.created(
                backups.verify(request.authorise(Permission.BACKUPS_MANAGE), request.path("name")));
    }

    private AdminAnswer drilled(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.BACKUPS_MANAGE);
        BackupDrill drill = request.body(BackupDrill.class);
        backups.recordDrill(by, drill);
        return AdminAnswer.created(drill);
    }
}
