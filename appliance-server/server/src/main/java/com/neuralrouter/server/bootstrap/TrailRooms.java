package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.access.AccessEndpoints;
import com.neuralrouter.server.access.AccessReviews;
import com.neuralrouter.server.access.GrantedAccess;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.AuditEndpoints;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.retention.LegalHoldStore;
import com.neuralrouter.server.retention.RetentionCommands;
import com.neuralrouter.server.retention.RetentionEndpoints;

import java.util.List;

/** The rooms in which the trail's readable entries are read, kept, held and erased. */
record TrailRooms(
        AdminPlane.Ground ground,
        SiteReads reads,
        AdminTransactions transactions,
        GrantedAccess.Stores stores) {

    List<AdminEndpoints> endpoints() {
        return List.of(new AuditEndpoints(reads, stores.audit()), retention(), access());
    }

    private RetentionEndpoints retention() {
        var holds = new LegalHoldStore();
        return new RetentionEndpoints(
                reads,
                holds,
                new RetentionCommands(
                        transactions,
                        holds,
                        ground.trail().readable(),
                        ground.ids(),
                        ground.clock()));
    }

    private AccessEndpoints access() {
        return new AccessEndpoints(
                new AccessReviews(
                        transactions,
                        reads,
                        stores.audit(),
                        new GrantedAccess(stores, ground.usage()::lastUsed, ground.clock())));
    }
}
