package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.PrivateFile;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.proto.access.v1.CreateApiKeyRequest;
import dev.meterbook.proto.access.v1.CreatePortalUserRequest;
import dev.meterbook.proto.access.v1.ListApiKeysRequest;
import dev.meterbook.proto.access.v1.PortalRole;
import dev.meterbook.proto.access.v1.Scope;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * API keys and sign-ins of the demo. Meterbook shows a key's secret once and never a password, so
 * the demo notes them in the data folder, for the owner's eyes.
 */
final class DemoKeys {

    /** The sign-in of the operator's billing team. */
    static final String BILLING = "billing";

    private static final List<Scope> SCOPES = List.of(Scope.SCOPE_INGEST, Scope.SCOPE_READ);
    private static final String TITLE = "Keys and sign-ins of the demo";

    private final DataFolder data;
    private final Client operator;
    private final Map<String, String> noted;

    DemoKeys(DataFolder data, Client operator) {
        this.data = data;
        this.operator = operator;
        this.noted = new TreeMap<>(PrivateFile.read(data.demo()));
    }

    /** The key with which a tenant's applications ask, record, and read what is their own. */
    String applicationKey(Company company) {
        String name = "key." + company.id();
        String known = noted.get(name);
        if (known != null && isValid(known, company)) {
            return known;
        }
        String credential =
                operator.access()
                        .createApiKey(
                                CreateApiKeyRequest.newBuilder()
                                        .setTenant(company.id())
                                        .addAllScopes(SCOPES)
                                        .build())
                        .getCredential();
        note(name, credential);
        return credential;
    }

    /** A noted key may be of a data folder whose database was replaced since. */
    private boolean isValid(String credential, Company company) {
        String name = "apiKeys/" + credential.split("_", 3)[1];
        ListApiKeysRequest request =
                ListApiKeysRequest.newBuilder().setTenant(company.id()).setPageSize(1_000).build();
        return operator.access().listApiKeys(request).getApiKeysList().stream()
                .anyMatch(key -> key.getName().equals(name) && !key.hasRevokeTime());
    }

    /** Sees to a sign-in and tells its password, or that it is not known any more. */
    String signIn(String login, String tenant, PortalRole role) {
        String name = "password." + login;
        String password = noted.computeIfAbsent(name, any -> Secrets.random().substring(0, 20));
        try {
            operator.access()
                    .createPortalUser(
                            CreatePortalUserRequest.newBuilder()
                                    .setLogin(login)
                                    .setTenant(tenant)
                                    .setRole(role)
                                    .setPassword(password)
                                    .build());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                throw refused;
            }
            return "(as set by another demo)";
        }
        note(name, password);
        return password;
    }

    private void note(String name, String secret) {
        noted.put(name, secret);
        PrivateFile.write(data.demo(), TITLE, noted);
    }
}
