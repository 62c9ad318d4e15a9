package com.neuralrouter.server.device;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;

import java.util.List;
import java.util.UUID;

/** {@code /admin/v1/devices} and {@code /admin/v1/invitations}. */
public final class DeviceEndpoints implements AdminEndpoints {
    /** Greater than every UUID of version 7. */
    private static final UUID NEWEST = new UUID(-1, -1);

    private final DeviceCommands commands;
    private final DeviceStore devices;
    private final SiteReads reads;
    private final SiteEntrance entrance;

    public DeviceEndpoints(
            DeviceCommands commands, DeviceStore devices, SiteReads reads, SiteEntrance entrance) {
        this.commands = commands;
        this.devices = devices;
        this.reads = reads;
        this.entrance = entrance;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.DEVICES, this::list);
        routes.post(AdminApi.DEVICES + "/{id}" + AdminApi.REVOKE, this::revoke);
        routes.post(AdminApi.INVITATIONS, this::invite);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.DEVICES_READ);
        int limit = request.limit();
        UUID before = request.query("cursor").map(DeviceEndpoints::cursor).orElse(NEWEST);

        List<Device> found = reads.read(tx -> devices.before(tx, before, limit + 1));

        boolean more = found.size() > limit;
        List<Device> page = more ? found.subList(0, limit) : found;
        return AdminAnswer.ok(new Page<>(page, more ? page.getLast().id().toString() : null));
    }

    private AdminAnswer revoke(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.DEVICES_MANAGE);
        return AdminAnswer.ok(commands.revoke(by, request.id("id", DeviceId::new)));
    }

    private AdminAnswer invite(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.DEVICES_MANAGE);
        CreateInvitation wanted = request.body(CreateInvitation.class);
        return AdminAnswer.created(commands.invite(by, wanted, entrance));
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw AdminRefused.field("cursor", "is not one that this list has given");
        }
    }
}
