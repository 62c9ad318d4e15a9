package com.neuralrouter.server.admin;

import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.audit.Actor;

/**
 * The administrator's device behind a request, as {@link AdminPeers} found it enrolled at this
 * moment.
 *
 * @param address where the request came from, without the port
 */
public record AdminCaller(DeviceId device, String name, Role role, String address) {

    Actor actor() {
        return new Actor.Device(device, name, address);
    }
}
