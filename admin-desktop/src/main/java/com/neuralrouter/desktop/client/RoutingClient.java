package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;

/** The part of {@link AdminClient} about providers' health, incidents and decisions. */
public interface RoutingClient {
    /** All providers, on one page. */
    Answer<Page<ProviderHealth>> providerHealth(String cursor);

    Answer<ProviderHealth> suspendProvider(ProviderId provider, ChangeStanding reason);

    Answer<ProviderHealth> resumeProvider(ProviderId provider, ChangeStanding reason);

    /** The newest first. */
    Answer<Page<Incident>> incidents(String cursor);

    Answer<Incident> acknowledgeIncident(IncidentId incident);

    Answer<Incident> noteIncident(IncidentId incident, IncidentNote note);

    Answer<Incident> closeIncident(IncidentId incident, IncidentNote note);

    /** Why a request went where it went. */
    Answer<Explanation> explanation(RequestId request);
}
