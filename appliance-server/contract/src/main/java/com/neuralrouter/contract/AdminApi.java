package com.neuralrouter.contract;

/**
 * The paths of the admin API. All but {@link #ENROL} are on the admin listener, behind mutual TLS;
 * bodies are JSON; what is refused comes back as a {@link Problem}.
 *
 * <table>
 *   <caption>The API on one screen</caption>
 *   <tr><th>request</th><th>in</th><th>out</th></tr>
 *   <tr><td>GET /admin/v1/status</td><td></td><td>{@link ApplianceStatus}</td></tr>
 *   <tr><td>GET /admin/v1/workspaces</td><td></td><td>{@link Page} of {@link Workspace}</td></tr>
 *   <tr><td>POST /admin/v1/workspaces</td><td>{@link CreateWorkspace}</td><td>201 {@link Workspace}</td></tr>
 *   <tr><td>POST /admin/v1/workspaces/{id}/delete</td><td>{@link DeleteWorkspace}</td><td>{@link DeletedWorkspace}</td></tr>
 *   <tr><td>POST /admin/v1/workspaces/{id}/rotate-key</td><td></td><td>{@link VaultStatus}</td></tr>
 *   <tr><td>GET /admin/v1/vault</td><td></td><td>{@link VaultStatus}</td></tr>
 *   <tr><td>POST /admin/v1/vault/rotate</td><td></td><td>{@link VaultStatus}</td></tr>
 *   <tr><td>GET /admin/v1/workspaces/{id}/content?cursor=&amp;limit=</td><td></td><td>{@link Page} of {@link KeptContentHead}, oldest first</td></tr>
 *   <tr><td>POST /admin/v1/content/read</td><td>{@link ReadContent}</td><td>{@link KeptContent}</td></tr>
 *   <tr><td>POST /admin/v1/content/export</td><td>{@link ExportContent}</td><td>{@link Page} of {@link KeptContent}, oldest first</td></tr>
 *   <tr><td>POST /admin/v1/content/erase</td><td>{@link EraseContent}</td><td>{@link ErasedContent}</td></tr>
 *   <tr><td>GET /admin/v1/receipt-keys</td><td></td><td>{@link Page} of {@link ReceiptKey}, newest first, all of them</td></tr>
 *   <tr><td>POST /admin/v1/receipt-keys/rotate</td><td></td><td>the same</td></tr>
 *   <tr><td>GET /admin/v1/workspaces/{id}/api-keys</td><td></td><td>{@link Page} of {@link ApiKey}</td></tr>
 *   <tr><td>POST /admin/v1/workspaces/{id}/api-keys</td><td>{@link CreateApiKey}</td><td>201 {@link CreatedApiKey}</td></tr>
 *   <tr><td>POST /admin/v1/api-keys/{id}/revoke</td><td></td><td>{@link ApiKey}</td></tr>
 *   <tr><td>GET /admin/v1/providers</td><td></td><td>{@link Page} of {@link Provider}</td></tr>
 *   <tr><td>GET /admin/v1/workspaces/{id}/credentials</td><td></td><td>{@link Page} of {@link Credential}</td></tr>
 *   <tr><td>POST /admin/v1/workspaces/{id}/credentials</td><td>{@link PutCredential}</td><td>201 {@link Credential}</td></tr>
 *   <tr><td>DELETE /admin/v1/credentials/{id}</td><td></td><td>204</td></tr>
 *   <tr><td>GET /admin/v1/routes</td><td></td><td>{@link Page} of {@link Route}</td></tr>
 *   <tr><td>POST /admin/v1/routes/explain</td><td>{@link ExplainRoute}</td><td>{@link Explanation}</td></tr>
 *   <tr><td>GET /admin/v1/requests/{id}/explanation</td><td></td><td>{@link Explanation}</td></tr>
 *   <tr><td>GET /admin/v1/provider-health</td><td></td><td>{@link Page} of {@link ProviderHealth}, all of them</td></tr>
 *   <tr><td>GET /admin/v1/metrics</td><td></td><td>text in Prometheus' format</td></tr>
 *   <tr><td>POST /admin/v1/providers/{id}/suspend</td><td>{@link ChangeStanding}</td><td>{@link ProviderHealth}</td></tr>
 *   <tr><td>POST /admin/v1/providers/{id}/resume</td><td>{@link ChangeStanding}</td><td>{@link ProviderHealth}</td></tr>
 *   <tr><td>GET /admin/v1/incidents?cursor=&amp;limit=</td><td></td><td>{@link Page} of {@link Incident}, newest first</td></tr>
 *   <tr><td>POST /admin/v1/incidents/{id}/acknowledge</td><td></td><td>{@link Incident}</td></tr>
 *   <tr><td>POST /admin/v1/incidents/{id}/notes</td><td>{@link IncidentNote}</td><td>{@link Incident}</td></tr>
 *   <tr><td>POST /admin/v1/incidents/{id}/close</td><td>{@link IncidentNote}</td><td>{@link Incident}</td></tr>
 *   <tr><td>GET /admin/v1/catalogue</td><td></td><td>{@link ModelCatalogue}</td></tr>
 *   <tr><td>POST /admin/v1/catalogue/import</td><td>{@link ImportCatalogue}</td><td>{@link ModelCatalogue}</td></tr>
 *   <tr><td>GET /admin/v1/requests?cursor=&amp;limit=</td><td></td><td>{@link Page} of {@link RequestSummary}, newest first</td></tr>
 *   <tr><td>GET /admin/v1/requests?after=position&amp;limit=</td><td></td><td>{@link Page} of {@link RequestSummary}, oldest first: what is new; {@code nextCursor} is then the next {@code after}</td></tr>
 *   <tr><td>POST /admin/v1/usage/query</td><td>{@link UsageQuery}</td><td>{@link UsageReport}</td></tr>
 *   <tr><td>POST /admin/v1/usage/export</td><td>{@link UsageQuery}</td><td>{@link UsageExport}</td></tr>
 *   <tr><td>GET /admin/v1/limits</td><td></td><td>{@link Page} of {@link LimitStatus}, all of them</td></tr>
 *   <tr><td>GET /admin/v1/budgets</td><td></td><td>{@link Page} of {@link BudgetStatus}, all of them</td></tr>
 *   <tr><td>GET /admin/v1/audit?cursor=&amp;limit=&amp;since=&amp;until=&amp;actor=&amp;workspace=&amp;action=&amp;target=&amp;outcome=&amp;request=&amp;text=</td><td></td><td>{@link Page} of {@link AuditEntry}, newest first; a page can be short although there is a next one</td></tr>
 *   <tr><td>GET /admin/v1/audit/{entry}/proof</td><td></td><td>{@link LogProof}</td></tr>
 *   <tr><td>GET /admin/v1/audit/checkpoint</td><td></td><td>{@link LogCheckpoint}</td></tr>
 *   <tr><td>GET /admin/v1/audit/consistency?from=&amp;to=</td><td></td><td>{@link LogConsistency}</td></tr>
 *   <tr><td>GET /admin/v1/audit/leaves?from=&amp;limit=</td><td></td><td>{@link LogLeaves}</td></tr>
 *   <tr><td>GET /admin/v1/audit/workspace-leaves?workspace=&amp;size=&amp;from=&amp;limit=</td><td></td><td>{@link ProvenLeaves}</td></tr>
 *   <tr><td>GET /admin/v1/requests/{id}/proof</td><td></td><td>{@link LogProof}</td></tr>
 *   <tr><td>GET /admin/v1/audit/timestamps?cursor=&amp;limit=</td><td></td><td>{@link Page} of {@link LogTimestamp}</td></tr>
 *   <tr><td>GET /admin/v1/audit/holds</td><td></td><td>{@link Page} of {@link LegalHold}</td></tr>
 *   <tr><td>POST /admin/v1/audit/holds</td><td>{@link PlaceLegalHold}</td><td>201 {@link LegalHold}</td></tr>
 *   <tr><td>POST /admin/v1/audit/holds/{id}/lift</td><td></td><td>{@link LegalHold}</td></tr>
 *   <tr><td>POST /admin/v1/audit/erasures</td><td>{@link EraseFromTrail}</td><td>{@link ErasedFromTrail}</td></tr>
 *   <tr><td>GET /admin/v1/audit/cosignatures</td><td></td><td>{@link Page} of {@link CosignCheckpoint}, each witness's newest</td></tr>
 *   <tr><td>POST /admin/v1/audit/cosignatures</td><td>{@link CosignCheckpoint}</td><td>204</td></tr>
 *   <tr><td>GET /admin/v1/access</td><td></td><td>{@link AccessList}</td></tr>
 *   <tr><td>POST /admin/v1/access/reviews</td><td>{@link ConfirmAccess}</td><td>201 {@link AccessList}</td></tr>
 *   <tr><td>GET /admin/v1/backups</td><td></td><td>{@link BackupList}</td></tr>
 *   <tr><td>POST /admin/v1/backups</td><td></td><td>201 {@link BackupRun}; ask {@link BackupList} how it ends</td></tr>
 *   <tr><td>POST /admin/v1/backups/{name}/verify</td><td></td><td>201 {@link BackupRun}</td></tr>
 *   <tr><td>POST /admin/v1/backup-drills</td><td>{@link BackupDrill}</td><td>201 {@link BackupDrill}</td></tr>
 *   <tr><td>GET /admin/v1/devices</td><td></td><td>{@link Page} of {@link Device}</td></tr>
 *   <tr><td>POST /admin/v1/devices/{id}/revoke</td><td></td><td>{@link Device}</td></tr>
 *   <tr><td>POST /admin/v1/invitations</td><td>{@link CreateInvitation}</td><td>201 {@link CreatedInvitation}</td></tr>
 *   <tr><td>GET /admin/v1/site</td><td></td><td>{@link SiteDocument}</td></tr>
 *   <tr><td>POST /admin/v1/site/plan?prune=</td><td>{@link SiteDocument}</td><td>{@link SitePlan}</td></tr>
 *   <tr><td>POST /admin/v1/site/apply?prune=</td><td>{@link SiteDocument}</td><td>{@link AppliedSite}</td></tr>
 *   <tr><td>GET /admin/v1/policies/versions?workspace=&amp;apiKey=</td><td></td><td>{@link Page} of {@link PolicyVersion}, newest first; the site's own without a name</td></tr>
 *   <tr><td>GET /admin/v1/policies/versions/{number}?workspace=&amp;apiKey=</td><td></td><td>{@link PolicyVersion}</td></tr>
 *   <tr><td>GET /admin/v1/policies/diff?workspace=&amp;apiKey=&amp;from=&amp;to=</td><td></td><td>{@link PolicyDiff}</td></tr>
 *   <tr><td>POST /admin/v1/policies</td><td>{@link SetPolicy}</td><td>201 {@link PolicyVersion}</td></tr>
 *   <tr><td>POST /admin/v1/policies/activate</td><td>{@link ActivatePolicy}</td><td>201 {@link PolicyVersion}</td></tr>
 *   <tr><td>GET /admin/v1/approval-rules</td><td></td><td>{@link ApprovalRules}</td></tr>
 *   <tr><td>POST /admin/v1/approval-rules</td><td>{@link ApprovalRules}</td><td>{@link ApprovalRules}</td></tr>
 *   <tr><td>GET /admin/v1/approvals?state=</td><td></td><td>{@link Page} of {@link Approval}, newest first</td></tr>
 *   <tr><td>GET /admin/v1/approvals/{id}</td><td></td><td>{@link Approval}</td></tr>
 *   <tr><td>POST /admin/v1/approvals</td><td>{@link ProposeChange}</td><td>201 {@link Approval}</td></tr>
 *   <tr><td>POST /admin/v1/approvals/{id}/approve</td><td>{@link DecideApproval}</td><td>{@link DecidedApproval}</td></tr>
 *   <tr><td>POST /admin/v1/approvals/{id}/reject</td><td>{@link DecideApproval}</td><td>{@link Approval}</td></tr>
 *   <tr><td>POST /admin/v1/approvals/{id}/withdraw</td><td>{@link DecideApproval}</td><td>{@link Approval}</td></tr>
 *   <tr><td>POST /admin/v1/policies/try</td><td>{@link TryPolicy}</td><td>{@link PolicyTrial}; changes nothing</td></tr>
 *   <tr><td>POST /enrol/v1/devices (enrolment listener)</td><td>{@link EnrolDevice}</td><td>201 {@link EnrolledDevice}</td></tr>
 *   <tr><td>POST /admin/v1/audit/alarms</td><td>{@link LogAlarm}</td><td>204</td></tr>
 * </table>
 */
public final class AdminApi {
    public static final String STATUS = "/admin/v1/status";
    public static final String WORKSPACES = "/admin/v1/workspaces";

    /** Below {@link #WORKSPACES} and a workspace's id. */
    public static final String API_KEYS_OF_WORKSPACE = "/api-keys";

    /** Below {@link #WORKSPACES} and a workspace's id. */
    public static final String CREDENTIALS_OF_WORKSPACE = "/credentials";

    /** Below {@link #WORKSPACES} and a workspace's id. */
    public static final String DELETE_WORKSPACE = "/delete";

    /** Below {@link #WORKSPACES} and a workspace's id. */
    public static final String ROTATE_KEY_OF_WORKSPACE = "/rotate-key";

    public static final String VAULT = "/admin/v1/vault";

    /** The root key's rotation. */
    public static final String VAULT_ROTATE = "/admin/v1/vault/rotate";

    /** Below {@link #WORKSPACES} and a workspace's id: what is kept of its requests' content. */
    public static final String CONTENT_OF_WORKSPACE = "/content";

    public static final String CONTENT_READ = "/admin/v1/content/read";
    public static final String CONTENT_EXPORT = "/admin/v1/content/export";
    public static final String CONTENT_ERASE = "/admin/v1/content/erase";

    /** The keys that sign receipts, and those that did. */
    public static final String RECEIPT_KEYS = "/admin/v1/receipt-keys";

    /** Another key for receipts. */
    public static final String RECEIPT_KEYS_ROTATE = "/admin/v1/receipt-keys/rotate";

    public static final String API_KEYS = "/admin/v1/api-keys";
    public static final String CREDENTIALS = "/admin/v1/credentials";
    public static final String PROVIDERS = "/admin/v1/providers";
    public static final String ROUTES = "/admin/v1/routes";

    /** What is known of models. */
    public static final String CATALOGUE = "/admin/v1/catalogue";

    public static final String CATALOGUE_IMPORT = "/admin/v1/catalogue/import";
    public static final String ROUTES_EXPLAIN = "/admin/v1/routes/explain";
    public static final String PROVIDER_HEALTH = "/admin/v1/provider-health";

    /** Numbers for a program that watches the appliance. */
    public static final String METRICS = "/admin/v1/metrics";

    /** Below {@link #PROVIDERS} and a provider's id. */
    public static final String SUSPEND = "/suspend";

    /** Below {@link #PROVIDERS} and a provider's id. */
    public static final String RESUME = "/resume";

    public static final String INCIDENTS = "/admin/v1/incidents";

    /** Below {@link #INCIDENTS} and an incident's id. */
    public static final String ACKNOWLEDGE = "/acknowledge";

    /** Below {@link #INCIDENTS} and an incident's id. */
    public static final String NOTES = "/notes";

    /** Below {@link #INCIDENTS} and an incident's id. */
    public static final String CLOSE = "/close";

    public static final String REQUESTS = "/admin/v1/requests";

    /** What requests came to. */
    public static final String USAGE_QUERY = "/admin/v1/usage/query";

    public static final String USAGE_EXPORT = "/admin/v1/usage/export";

    /** Below {@link #REQUESTS} and a request's id. */
    public static final String EXPLANATION = "/explanation";

    /** How much of each limit is used. */
    public static final String LIMITS = "/admin/v1/limits";

    /** How much of each budget is spent. */
    public static final String BUDGETS = "/admin/v1/budgets";

    public static final String AUDIT = "/admin/v1/audit";

    /** The audit log's newest signed checkpoint. */
    public static final String AUDIT_CHECKPOINT = "/admin/v1/audit/checkpoint";

    /** That the log of one size begins with the log of another. */
    public static final String AUDIT_CONSISTENCY = "/admin/v1/audit/consistency";

    /** The log as it is, for an export. */
    public static final String AUDIT_LEAVES = "/admin/v1/audit/leaves";

    /** What of the log is one workspace's, each leaf with its proof. */
    public static final String AUDIT_WORKSPACE_LEAVES = "/admin/v1/audit/workspace-leaves";

    /**
     * Below {@link #AUDIT} and an entry's number, or {@link #REQUESTS} and a request's id: that it
     * is in the log.
     */
    public static final String PROOF = "/proof";

    /** The checkpoints that a timestamp authority has stamped. */
    public static final String AUDIT_TIMESTAMPS = "/admin/v1/audit/timestamps";

    /** Legal holds on readable entries. */
    public static final String AUDIT_HOLDS = "/admin/v1/audit/holds";

    /** Below {@link #AUDIT_HOLDS} and a hold's id. */
    public static final String LIFT = "/lift";

    /** Where a name is erased from readable entries. */
    public static final String AUDIT_ERASURES = "/admin/v1/audit/erasures";

    /** Where witnesses leave their signatures. */
    public static final String AUDIT_COSIGNATURES = "/admin/v1/audit/cosignatures";

    public static final String BACKUPS = "/admin/v1/backups";

    /** Below {@link #BACKUPS} and a backup's name. */
    public static final String VERIFY = "/verify";

    public static final String BACKUP_DRILLS = "/admin/v1/backup-drills";
    public static final String DEVICES = "/admin/v1/devices";
    public static final String INVITATIONS = "/admin/v1/invitations";
    public static final String SITE = "/admin/v1/site";
    public static final String SITE_PLAN = "/admin/v1/site/plan";
    public static final String SITE_APPLY = "/admin/v1/site/apply";

    public static final String POLICIES = "/admin/v1/policies";

    /** The versions of a policy, by their numbers below it. */
    public static final String POLICY_VERSIONS = "/admin/v1/policies/versions";

    public static final String POLICY_DIFF = "/admin/v1/policies/diff";

    /** Going back to an older version. */
    public static final String POLICY_ACTIVATE = "/admin/v1/policies/activate";

    /** Which changes need a second person. */
    public static final String APPROVAL_RULES = "/admin/v1/approval-rules";

    public static final String APPROVALS = "/admin/v1/approvals";

    /** Below {@link #APPROVALS} and an approval's id. */
    public static final String APPROVE = "/approve";

    /** Below {@link #APPROVALS} and an approval's id. */
    public static final String REJECT = "/reject";

    /** Below {@link #APPROVALS} and an approval's id. */
    public static final String WITHDRAW = "/withdraw";

    /** What a policy would do. */
    public static final String POLICIES_TRY = "/admin/v1/policies/try";

    /** Below a key's or a device's path. */
    public static final String REVOKE = "/revoke";

    /** On the enrolment listener, the only path there. */
    public static final String ENROL = "/enrol/v1/devices";

    /** The header in which every answer of both planes carries the request's id. */
    public static final String REQUEST_ID_HEADER = "x-request-id";

    /** How many items a page has when the request does not say. */
    public static final int DEFAULT_LIMIT = 100;

    /** How many items a page has at the most. */
    public static final int MAX_LIMIT = 500;

    /** Who and what has access. */
    public static final String ACCESS = "/admin/v1/access";

    /** Where a review of it is confirmed. */
    public static final String ACCESS_REVIEWS = "/admin/v1/access/reviews";

    /** Where witnesses tell of an alarm. */
    public static final String AUDIT_ALARMS = "/admin/v1/audit/alarms";

    private AdminApi() {}
}
