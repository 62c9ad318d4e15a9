package com.neuralrouter.server.snapshot;

import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.catalogue.Catalogues;
import com.neuralrouter.server.credential.CredentialStore;
import com.neuralrouter.server.device.DeviceStore;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.route.RouteStore;
import com.neuralrouter.server.workspace.WorkspaceStore;

/** The tables that a snapshot is compiled from. */
public record SnapshotSources(
        SiteStore site,
        WorkspaceStore workspaces,
        ApiKeyStore apiKeys,
        CredentialStore credentials,
        ProviderStore providers,
        RouteStore routes,
        PolicyStore policies,
        DeviceStore devices,
        Catalogues catalogues,
        Metering metering) {}
